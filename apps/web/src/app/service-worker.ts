import { registerSW } from 'virtual:pwa-register';

/**
 * Keeps the app's own files in the browser, so that it opens without network. A new build waits until it is asked for:
 * a page that is open would miss the files it was built with.
 *
 * @param ready told when a new build waits; what it is given uses it, and loads the page anew
 */
export function keepApp(ready: (update: () => void) => void): void {
  const update = registerSW({
    immediate: true,
    onNeedRefresh: () => ready(() => void update(true)),
  });
}
