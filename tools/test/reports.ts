import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** Beside what was tested, so that turbo keeps them with the outcome and a cached one is counted like another. */
const FOLDER = 'test-reports';

/**
 * Where the runner of the script that runs now writes its report: `test-reports/<script>.json`, in the folder of the
 * package whose script it is. Undefined where no turbo asked for one.
 */
export function reportOfScript(env: NodeJS.ProcessEnv): string | undefined {
  const script = env.npm_lifecycle_event;
  if (env.TURBO_HASH === undefined || script === undefined) return undefined;
  return reportOf(process.cwd(), script);
}

export function reportOf(packageFolder: string, script: string): string {
  return join(packageFolder, FOLDER, `${script.replaceAll(':', '-')}.json`);
}

/** So that none of an earlier run is counted for one that broke off. */
export function removeReports(root: string): void {
  const below = ['apps', 'packages'].flatMap((folder) =>
    readdirSync(join(root, folder)).map((name) => join(root, folder, name)),
  );
  for (const folder of [root, ...below]) rmSync(join(folder, FOLDER), { recursive: true, force: true });
}
