import './tools/group-by.ts';
import { defineConfig } from 'vitest/config';
import { reportOfScript } from './tools/test/reports.ts';

const report = reportOfScript(process.env);

export default defineConfig({
  test: {
    maxWorkers: '100%',
    reporters: report === undefined ? ['default'] : ['default', ['json', { outputFile: report }]],
    projects: [
      {
        test: {
          name: 'unit',
          testTimeout: 30_000,
          include: ['packages/*/src/**/*.test.ts', 'apps/server/src/**/*.unit.test.ts', 'tools/**/*.test.ts'],
          exclude: ['tools/readme/newcomer.test.ts', 'tools/bench/bench.test.ts'],
        },
      },
      {
        test: {
          name: 'types',
          include: [],
          typecheck: {
            enabled: true,
            only: true,
            include: ['{packages,apps}/*/src/**/*.test-d.ts'],
            tsconfig: 'tools/tsconfig.types.json',
          },
        },
      },
      {
        test: {
          name: 'integration',
          include: ['apps/server/{src,test}/**/*.test.ts'],
          exclude: ['**/*.unit.test.ts'],
          globalSetup: 'apps/server/test/setup.ts',
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      { test: { name: 'bench', include: ['tools/bench/bench.test.ts'] } },
      {
        test: {
          name: 'newcomer',
          include: ['tools/readme/newcomer.test.ts'],
          testTimeout: 600_000,
          hookTimeout: 60_000,
        },
      },
      {
        define: { __BUILD__: JSON.stringify('test') },
        test: {
          name: 'web',
          testTimeout: 30_000,
          root: 'apps/web',
          include: ['src/**/*.test.tsx'],
          environment: 'happy-dom',
        },
      },
    ],
  },
});
