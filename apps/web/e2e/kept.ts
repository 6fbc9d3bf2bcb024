import type { Page } from '@playwright/test';
import { expect } from './desk.ts';

/** The app's own files are in the browser. */
export const appIsKept = (page: Page): Promise<unknown> =>
  page.evaluate(async () => {
    await navigator.serviceWorker.ready;
  });

/** What is on the screen has been written down. */
export const topicsAreKept = (page: Page): Promise<void> =>
  expect
    .poll(
      () =>
        page.evaluate(
          () =>
            new Promise<string[]>((resolve, reject) => {
              const open = indexedDB.open('almenara');
              open.onerror = () => reject(open.error);
              open.onsuccess = () => {
                const all = open.result.transaction('cursors').objectStore('cursors').getAllKeys();
                all.onsuccess = () => {
                  open.result.close();
                  resolve(all.result.map((key) => String(key).split(',')[1] ?? ''));
                };
              };
            }),
        ),
      { timeout: 20_000 },
    )
    .toEqual(expect.arrayContaining(['orders', 'clients', 'products', 'zones']));
