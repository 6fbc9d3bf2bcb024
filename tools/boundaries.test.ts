import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));

const RESTRICTED = 'lint/style/noRestrictedImports';
const NODE = 'lint/correctness/noNodejsModules';

/** Each file once, what it imports, and the rule that refuses that; null where it is allowed. */
const imports: [file: string, source: string, rule: string | null][] = [
  ['apps/server/src/realtime/engine.ts', 'socket.io', null],
  ['apps/server/test/sockets.ts', 'socket.io', null],
  ['tools/bench/main.ts', 'socket.io', null],
  ['apps/server/src/orders/push.ts', 'socket.io', RESTRICTED],
  ['apps/server/src/http/sockets.ts', 'socket.io', RESTRICTED],
  ['apps/server/src/auth/sockets.ts', 'socket.io', RESTRICTED],
  ['apps/server/src/log/sockets.ts', '@socket.io/redis-adapter', RESTRICTED],
  ['apps/server/src/app.ts', 'socket.io', RESTRICTED],

  ['apps/server/src/http/server.ts', 'express', null],
  ['apps/server/src/auth/helpers.ts', 'express', null],
  ['apps/server/src/orders/routes.ts', 'express', RESTRICTED],
  ['apps/server/src/realtime/routes.ts', 'express', RESTRICTED],
  ['apps/server/src/main.ts', 'express', RESTRICTED],

  ['apps/server/src/orders/own.ts', './policy.ts', null],
  ['apps/server/src/orders/log.ts', '../log/record.ts', null],
  ['apps/server/src/orders/domain.ts', '../domain/stock.ts', null],
  ['apps/server/src/orders/unit.ts', '../unit/work.ts', null],
  ['apps/server/src/orders/bus.ts', '../commands/handler.ts', null],
  ['apps/server/src/orders/rows.ts', '../database/client.ts', null],
  ['apps/server/src/orders/clock.ts', '../clock.ts', null],
  ['apps/server/src/orders/orders.test.ts', '../../test/database.ts', null],
  ['apps/server/src/orders/other.ts', '../inventory/stock.ts', RESTRICTED],
  ['apps/server/src/inventory/other.ts', '../orders/queries.ts', RESTRICTED],
  ['apps/server/src/auth/other.ts', '../users/queries.ts', RESTRICTED],
  ['apps/server/src/chat/other.ts', '../notifications/commands.ts', RESTRICTED],
  ['apps/server/src/clients/live.ts', '../realtime/engine.ts', RESTRICTED],
  ['apps/server/src/products/live.ts', '../http/server.ts', RESTRICTED],
  ['apps/server/src/zones/app.ts', '../app.ts', RESTRICTED],
  ['apps/server/src/import/cli.ts', '../app.ts', null],
  ['apps/server/src/import/rows.ts', '../app.ts', RESTRICTED],
  ['apps/server/src/import/formats/csv.ts', '../rows.ts', null],
  ['apps/server/src/import/formats/log.ts', '../../log/record.ts', null],
  ['apps/server/src/import/formats/other.ts', '../../orders/commands.ts', RESTRICTED],
  ['apps/server/src/returns/web.ts', '@almenara/web', RESTRICTED],
  ['apps/server/src/features.ts', './orders/commands.ts', null],
  ['apps/server/src/http/features.ts', '../orders/queries.ts', null],
  ['apps/server/src/realtime/features.ts', '../orders/queries.ts', null],
  ['apps/server/src/realtime/http.ts', '../http/server.ts', RESTRICTED],
  ['apps/server/src/http/realtime.ts', '../realtime/engine.ts', RESTRICTED],

  ['apps/server/src/domain/log.ts', '../log/record.ts', null],
  ['apps/server/src/domain/feature.ts', '../orders/commands.ts', RESTRICTED],
  ['apps/server/src/domain/live.ts', '../realtime/engine.ts', RESTRICTED],
  ['apps/server/src/domain/unit.ts', '../unit/work.ts', null],
  ['apps/server/src/unit/log.ts', '../log/record.ts', null],
  ['apps/server/src/unit/bus.ts', '../commands/bus.ts', RESTRICTED],
  ['apps/server/src/unit/rules.ts', '../domain/stock.ts', RESTRICTED],
  ['apps/server/src/unit/feature.ts', '../orders/commands.ts', RESTRICTED],
  ['apps/server/src/commands/unit.ts', '../unit/work.ts', null],
  ['apps/server/src/commands/log.ts', '../log/record.ts', null],
  ['apps/server/src/commands/feature.ts', '../orders/commands.ts', RESTRICTED],
  ['apps/server/src/log/rows.ts', '../database/client.ts', null],
  ['apps/server/src/log/bus.ts', '../commands/bus.ts', RESTRICTED],
  ['apps/server/src/log/feature.ts', '../orders/commands.ts', RESTRICTED],
  ['apps/server/src/database/generated.ts', './generated/client.ts', null],
  ['apps/server/src/database/log.ts', '../log/record.ts', RESTRICTED],

  ['packages/events/src/own.ts', './primitives.ts', null],
  ['packages/events/src/zod.ts', 'zod', null],
  ['packages/events/src/client.ts', '@almenara/client', RESTRICTED],
  ['packages/events/src/server.ts', '../../../apps/server/src/clock.ts', RESTRICTED],
  ['packages/events/src/hash.ts', 'node:crypto', NODE],
  ['packages/events/src/hash.test.ts', 'node:crypto', null],
  ['packages/client/src/contract.ts', '@almenara/events', null],
  ['packages/client/src/inside.ts', '../../events/src/topics.ts', RESTRICTED],
  ['packages/client/src/sockets.ts', 'socket.io-client', null],
  ['packages/client/src/files.ts', 'node:fs', NODE],
  ['packages/client/src/bare.ts', 'fs', NODE],

  ['apps/web/src/main.tsx', './features/orders/page.tsx', null],
  ['apps/web/src/features/orders/own.ts', './store.ts', null],
  ['apps/web/src/features/orders/ui.ts', '../../ui/button.tsx', null],
  ['apps/web/src/features/orders/other.ts', '../inventory/store.ts', RESTRICTED],
  ['apps/web/src/features/orders/lines/own.ts', '../store.ts', null],
  ['apps/web/src/features/orders/lines/ui.ts', '../../../ui/button.tsx', null],
  ['apps/web/src/features/orders/lines/other.ts', '../../inventory/store.ts', RESTRICTED],
  ['apps/web/src/ui/feature.ts', '../features/orders/store.ts', RESTRICTED],
  ['apps/web/src/ui/texts.ts', '../i18n/use-translation.ts', null],
  ['apps/web/src/ui/people.ts', '../people/me.ts', RESTRICTED],
  ['apps/web/src/http/form.ts', '../forms/field-errors.ts', RESTRICTED],
  ['apps/web/src/kept/live.ts', '../realtime/context.ts', RESTRICTED],
  ['apps/web/src/realtime/kept.ts', '../kept/database.ts', null],
  ['apps/web/src/realtime/feature.ts', '../features/orders/store.ts', RESTRICTED],
  ['apps/web/src/realtime/toast.ts', '../ui/toast.ts', RESTRICTED],
  ['apps/web/src/catalogue/live.ts', '../realtime/index.ts', null],
  ['apps/web/src/catalogue/form.ts', '../forms/field-errors.ts', RESTRICTED],
  ['apps/web/src/forms/field.ts', '../ui/field.tsx', null],
  ['apps/web/src/forms/feature.ts', '../features/orders/store.ts', RESTRICTED],
  ['apps/web/src/features/orders/server.ts', '../../../../server/src/clock.ts', RESTRICTED],
  ['apps/web/src/server.ts', '@almenara/server', RESTRICTED],
  ['apps/web/src/files.ts', 'node:fs', NODE],
];

let house: string;
let refused: Set<string>;

/** All of them in one run of Biome, in a house of the same plan. */
beforeAll(() => {
  house = realpathSync(mkdtempSync(join(tmpdir(), 'almenara-boundaries-')));
  copyFileSync(join(root, 'biome.json'), join(house, 'biome.json'));
  for (const [file, source] of imports) {
    mkdirSync(dirname(join(house, file)), { recursive: true });
    writeFileSync(join(house, file), `import '${source}';\n`);
  }
  const biome = spawnSync(
    join(root, 'node_modules/.bin/biome'),
    ['lint', '--vcs-enabled=false', '--reporter=github', '--max-diagnostics=none'],
    { cwd: house, encoding: 'utf8' },
  );
  const diagnostics = biome.stdout.matchAll(/^::error title=([^,]+),file=([^,]+)/gm);
  refused = new Set(Array.from(diagnostics, ([, rule, file = '']) => `${rule} ${relative(house, file)}`));
});

afterAll(() => rmSync(house, { recursive: true, force: true }));

test.each(imports)('%s imports %s: %s', (file, _source, rule) => {
  const rules = [RESTRICTED, NODE].filter((name) => refused.has(`${name} ${file}`));
  expect(rules).toEqual(rule === null ? [] : [rule]);
});
