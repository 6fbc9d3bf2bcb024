import type { Locator, Page } from '@playwright/test';

/** Goes on with Tab until it is there, as a person would. */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let presses = 0; presses < 60; presses += 1) {
    await page.keyboard.press('Tab');
    if (await target.evaluate((element) => element === document.activeElement)) return;
  }
  throw new Error('Not reached with the keyboard');
}
