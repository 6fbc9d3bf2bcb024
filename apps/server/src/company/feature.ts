import { defineFeature } from '../commands/feature.ts';
import { companyCommandHandlers } from './commands.ts';
import { loadCompany } from './queries.ts';

export const companyFeature = defineFeature({
  name: 'company',
  commands: companyCommandHandlers,
  topics: { company: loadCompany },
});
