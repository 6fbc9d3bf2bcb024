import { spawnSync } from 'node:child_process';
import { installFromDebian, pathOf } from './packages.ts';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/**
 * The Chromium that the browser tests use. On Debian as root a missing one is installed; elsewhere its absence is an
 * error, so that browser tests are never left out unnoticed.
 */
export async function ensureChromium(): Promise<string> {
  const found = await findChromium();
  if (found !== undefined) return found;
  await installFromDebian('chromium');
  const installed = await findChromium();
  if (installed !== undefined) return installed;
  throw new Error(
    'The browser tests need Chromium or Chrome. Install it ("apt-get install chromium" on Debian, ' +
      '"pnpm exec playwright install chromium" elsewhere) or set CHROMIUM to the path of its program.',
  );
}

/** The one that `CHROMIUM` names, else the system's, else Playwright's own. */
export async function findChromium(): Promise<string | undefined> {
  const chosen = process.env.CHROMIUM;
  if (chosen) {
    if (runs(chosen)) return chosen;
    throw new Error(`CHROMIUM is set to ${chosen}, which does not run.`);
  }
  const named = NAMES.map(pathOf).find(runs);
  if (named !== undefined) return named;
  const { chromium } = await import('@playwright/test');
  const own = chromium.executablePath();
  return runs(own) ? own : undefined;
}

/** Ubuntu's chromium-browser is there without a browser behind it. */
function runs(program: string): boolean {
  return program !== '' && spawnSync(program, ['--version'], { stdio: 'ignore' }).status === 0;
}
