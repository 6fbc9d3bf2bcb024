/** Stands for the rows of a long table that do not exist. A cell across all columns would bring back those that a phone does without. */
export function RowGap({ height }: { height: number }) {
  return height > 0 ? <tr aria-hidden style={{ height }} /> : null;
}
