import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../process.ts';

const read = (file: string): string => readFileSync(join(root, file), 'utf8');
const scripts = (folder: string): Record<string, string> =>
  JSON.parse(read(join(folder, 'package.json'))).scripts;

interface Elsewhere {
  /** What runs it instead, or why nothing does. */
  readonly reason: string;
  /** Whether that is so. */
  readonly holds?: () => boolean;
}

/** Documented commands that newcomer.test.ts does not run itself. */
export const ELSEWHERE: Readonly<Record<string, Elsewhere>> = {
  'pnpm test': {
    reason: '.ci/run runs it, and this test is a part of it',
    holds: () => /^exec npx -y pnpm@12 --silent test$/m.test(read('.ci/run')),
  },
  'pnpm check': {
    reason: 'each of its tasks is one of those that `pnpm test` runs, by the same program',
    holds: () => scripts('.').check === `${scripts('.').test} --fast`,
  },
  'pnpm turbo test --filter @almenara/events': {
    reason: 'it is one of the tasks that `pnpm test` has turbo run',
    holds: () =>
      read('tools/test.ts').includes("['turbo', 'run'") && scripts('packages/events').test !== undefined,
  },
  'pnpm vitest run --project integration apps/server/test/orders.test.ts': {
    reason: 'the task test of apps/server runs that project, with this file in it',
    holds: () =>
      /\bvitest run\b.* --project integration\b/.test(scripts('apps/server').test ?? '') &&
      existsSync(join(root, 'apps/server/test/orders.test.ts')),
  },
  'pnpm generate': {
    reason: 'types, tests and builds depend on the task that it has turbo run',
    holds: () =>
      scripts('.').generate?.includes('turbo run generate') === true &&
      /"\^?generate"/.test(read('turbo.json')),
  },
  'pnpm tsx tools/first-load.ts': {
    reason: 'it is the task test:first-load of apps/web',
    holds: () => scripts('apps/web')['test:first-load'] === 'tsx ../../tools/first-load.ts',
  },
  'pnpm bench [part …]': { reason: 'measures for minutes; what it prints is looked at, not asserted' },
  'pnpm bench:large': { reason: 'measures for minutes; what it prints is looked at, not asserted' },
  'pnpm bench:screen': { reason: 'measures for minutes; what it prints is looked at, not asserted' },
  'pnpm tsx tools/large-desk.ts': {
    reason: 'takes minutes; large-desk.test.ts has the same steps make a small one',
    holds: () => read('apps/server/test/large-desk.test.ts').includes('makeLargeDesk'),
  },
  'pnpm figures [page …]': { reason: 'measures for minutes; what it prints is looked at, not asserted' },
  'pnpm screenshots': { reason: 'takes minutes, and its pictures are looked at before they are committed' },
  'docker compose up postgres': { reason: 'needs Docker, which nothing here does' },
};
