import { registerSW } from 'virtual:pwa-register';

/** How often a page that stays open looks for a new build, in ms. */
const LOOK_EVERY_MS = 60 * 60_000;

interface KeepAppOptions {
  /** A new build waits; `update` uses it, and loads this page anew. */
  readonly waiting: (update: () => void) => void;
  /** Another tab has gone over to a new build: this page still runs the old one, and may be half filled in. */
  readonly outdated: () => void;
}

/**
 * Keeps the app's own files in the browser, so that it opens without network. A new build waits until it is asked for:
 * a page that is open would miss the files it was built with.
 */
export function keepApp({ waiting, outdated }: KeepAppOptions): void {
  let asked = false;
  // Workbox reports this only to pages that a worker controlled when they loaded, which the page of a first
  // visit was not.
  let inCharge = navigator.serviceWorker?.controller != null;
  navigator.serviceWorker?.addEventListener('controllerchange', () => {
    if (!inCharge) inCharge = true;
    else if (asked) window.location.reload();
    else outdated();
  });
  const update = registerSW({
    immediate: true,
    onNeedRefresh: () =>
      waiting(() => {
        asked = true;
        void update(true);
      }),
    // Without this handler, workbox would reload the page by itself.
    onNeedReload: () => {},
    onRegisteredSW: (_url, registration) => {
      setInterval(() => void registration?.update().catch(() => {}), LOOK_EVERY_MS);
    },
  });
}
