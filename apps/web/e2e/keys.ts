import { expect, type Locator, type Page } from '@playwright/test';

/** Goes on with Tab until it is there, as a person would; it is no stop that a bar lies over. */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let presses = 0; presses < 80; presses += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return expectFocus(page);
    await page.keyboard.press('Tab');
  }
  throw new Error('Not reached with the keyboard');
}

/**
 * Goes down the browser's own list, which has the focus, to a choice. Not by its first letters: those are one word only
 * if they come within a second.
 */
export async function chooseByKeys(list: Locator, value: string): Promise<void> {
  const count = await list.getByRole('option').count();
  for (let presses = 0; presses < count; presses += 1) {
    if ((await list.inputValue()) === value) return;
    await list.page().keyboard.press('ArrowDown');
  }
  await expect(list).toHaveValue(value);
}

/** Something has the focus, and it can be seen there: whoever has no mouse is not lost. */
export async function expectFocus(page: Page): Promise<void> {
  const lost = () =>
    page.evaluate(() => {
      const at = document.activeElement;
      if (at === null || at === document.body) return 'nothing has the focus';
      // What only a screen reader shows, as the field of a file, is told by what is around it.
      const { left, top, width, height } = (at.closest('label') ?? at).getBoundingClientRect();
      const [x, y] = [left + width / 2, top + Math.min(height, window.innerHeight - top) / 2];
      const over = document.elementFromPoint(x, y);
      const seen = over !== null && (at.closest('label') ?? at).contains(over);
      return seen ? '' : `${at.outerHTML.slice(0, 200)} is beneath ${over?.outerHTML.slice(0, 200)}`;
    });
  await expect.poll(lost).toBe('');
}
