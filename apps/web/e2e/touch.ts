import { expect, type Locator } from '@playwright/test';

/** A fingertip. */
const FINGER_PX = 44;

/** Puts a finger on it, or on the label around it, which must be large enough for one. */
export async function tap(target: Locator): Promise<void> {
  await expect(target).toBeAttached();
  const label = target.locator('xpath=ancestor::label[1]');
  const met = (await label.count()) > 0 ? label : target;
  await met.scrollIntoViewIfNeeded();
  const size = async (): Promise<number> => {
    const box = await met.boundingBox();
    // Half a pixel is what rounding may take.
    return Math.min(box?.width ?? 0, box?.height ?? 0) + 0.5;
  };
  await expect.poll(size, `${target}`).toBeGreaterThanOrEqual(FINGER_PX);
  await met.tap();
}

/** Taps a field and types, as the keyboard that a phone shows does. */
export async function write(field: Locator, text: string): Promise<void> {
  await tap(field);
  await expect(field).toBeFocused();
  await expectSeen(field);
  await field.page().keyboard.type(text);
}

/** On the screen, and under no bar that lies over the page. */
export async function expectSeen(target: Locator): Promise<void> {
  await expect(target).toBeInViewport();
  await expect
    .poll(() =>
      target.evaluate((element) => {
        const { left, top, width, height } = element.getBoundingClientRect();
        return element.contains(document.elementFromPoint(left + width / 2, top + height / 2));
      }),
    )
    .toBe(true);
}
