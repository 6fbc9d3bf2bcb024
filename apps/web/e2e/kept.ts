import type { Page } from '@playwright/test';
import { expect } from './desk.ts';

/** The app's own files are in the browser. */
export const appIsKept = (page: Page): Promise<unknown> =>
  page.evaluate(async () => {
    await navigator.serviceWorker.ready;
  });

interface KeptTopic {
  readonly topic: string;
  readonly view: { readonly orders?: readonly { readonly number: number }[] };
}

/** What is on the screen has been written down, this order with it. */
export const topicsAreKept = (page: Page, order: number | string): Promise<void> =>
  expect
    .poll(
      () =>
        page.evaluate(
          (number) =>
            new Promise<string[]>((resolve, reject) => {
              const open = indexedDB.open('almenara');
              open.onerror = () => reject(open.error);
              open.onsuccess = () => {
                const all = open.result.transaction('topics').objectStore('topics').getAll();
                all.onsuccess = () => {
                  open.result.close();
                  const rows: KeptTopic[] = all.result;
                  const kept = rows.filter(
                    ({ topic, view }) =>
                      topic !== 'orders' || view.orders?.some((one) => one.number === number),
                  );
                  resolve(kept.map(({ topic }) => topic));
                };
              };
            }),
          Number(order),
        ),
      { timeout: 60_000 },
    )
    .toEqual(expect.arrayContaining(['orders', 'clients', 'products', 'zones']));
