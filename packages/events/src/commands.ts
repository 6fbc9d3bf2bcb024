import type { z } from 'zod';
import type { CommandDefinition, QueryDefinition } from './base/define.ts';
import { accountQueries } from './nouns/account-queries.ts';
import { clientCommands, clientQueries } from './nouns/clients.ts';
import { companyCommands } from './nouns/company.ts';
import { countCommands } from './nouns/counts.ts';
import { figureQueries } from './nouns/figures.ts';
import { inventoryCommands, inventoryQueries } from './nouns/inventory.ts';
import { orderCommands, orderQueries } from './nouns/orders.ts';
import { productCommands, productQueries } from './nouns/products.ts';
import { returnCommands, returnQueries } from './nouns/returns.ts';
import { userQueries } from './nouns/users.ts';
import { viewCommands } from './nouns/views.ts';
import { zoneCommands, zoneQueries } from './nouns/zones.ts';

export const commands = {
  ...clientCommands,
  ...productCommands,
  ...zoneCommands,
  ...inventoryCommands,
  ...countCommands,
  ...orderCommands,
  ...returnCommands,
  ...companyCommands,
  ...viewCommands,
} satisfies Record<string, CommandDefinition>;

export type CommandName = keyof typeof commands;
/** What a caller sends; defaults are not filled in yet. */
export type CommandInput<N extends CommandName> = z.input<(typeof commands)[N]['input']>;
/** What a handler receives: parsed, trimmed. */
export type ParsedInput<N extends CommandName> = z.output<(typeof commands)[N]['input']>;
export type CommandOutput<N extends CommandName> = z.output<(typeof commands)[N]['output']>;

export const commandNames = Object.keys(commands) as CommandName[];
export const isCommand = (name: string): name is CommandName => Object.hasOwn(commands, name);

export const queries = {
  ...clientQueries,
  ...productQueries,
  ...zoneQueries,
  ...inventoryQueries,
  ...orderQueries,
  ...returnQueries,
  ...userQueries,
  ...figureQueries,
  ...accountQueries,
} satisfies Record<string, QueryDefinition>;

export type QueryName = keyof typeof queries;
export type QueryParams<N extends QueryName> = z.output<(typeof queries)[N]['params']>;
/** What a caller asks with; defaults are not filled in yet. */
export type QueryInput<N extends QueryName> = z.input<(typeof queries)[N]['params']>;
export type QueryResult<N extends QueryName> = z.output<(typeof queries)[N]['result']>;
export const queryNames = Object.keys(queries) as QueryName[];
