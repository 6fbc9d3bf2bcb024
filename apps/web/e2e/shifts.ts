import type { Page } from '@playwright/test';

/** Watches what jumps on a page from now on, as layout shifts count. @returns reads each with the text of what moved */
export async function watchShifts(page: Page): Promise<() => Promise<readonly string[]>> {
  await page.evaluate(() => {
    const shifts: string[] = [];
    Object.assign(window, { shifts });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        const { value, sources } = Object(entry);
        // Toasts lie over the page, and make room for each other.
        const moved = sources
          .map(({ node }: { node?: Node }) => (node instanceof Element ? node : node?.parentElement))
          .filter((element?: Element | null) => !element?.closest('[data-sonner-toaster]'));
        if (value >= 0.001 && moved.length > 0)
          shifts.push(`${value}: ${moved.map((element?: Element | null) => element?.textContent)}`);
      }
    }).observe({ type: 'layout-shift' });
  });
  return () => page.evaluate(() => Object(window).shifts);
}
