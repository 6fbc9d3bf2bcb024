import { defineConfig } from '@playwright/test';
import { findChromium } from './tools/test/chromium.ts';
import { reportOfScript } from './tools/test/reports.ts';

// Without one Playwright says what is missing.
const chromium = process.env.CHROMIUM ?? (await findChromium()) ?? 'chromium';

export default defineConfig({
  testDir: 'apps/web/e2e',
  // Each has servers and browsers of its own, which wait half of the time.
  workers: 2,
  forbidOnly: Boolean(process.env.CI),
  // Ends what hangs, also on a machine that is five times as slow.
  timeout: 180_000,
  expect: { timeout: 20_000 },
  // What needs it is told by name at the end of `pnpm test`.
  retries: process.env.CI ? 1 : 0,
  globalTimeout: 40 * 60_000,
  reporter: [['list'], ['json', { outputFile: reportOfScript(process.env) ?? 'test-results/report.json' }]],
  use: {
    // Without pictures, which took a seventh of the time.
    trace: { mode: 'retain-on-failure', screenshots: false },
    // Only the specs about life without network want the app's files out of a cache.
    serviceWorkers: 'block',
    launchOptions: {
      executablePath: chromium,
      // Root and containers have no sandbox; the rest keeps the browser from calling anybody.
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
});
