import { clsx } from 'clsx';
import type { CSSProperties, ReactNode } from 'react';

/** The height of a row, in rem: enough for a title and a line of detail, and for a finger. */
const ROW_REM = 3.5;

interface SteadyListProps<T> {
  readonly label: string;
  readonly items: readonly T[];
  readonly keyOf: (item: T) => string;
  /** As many as there is room for, whether there are that many or not. */
  readonly rows: number;
  /** And on a phone. */
  readonly phoneRows?: number;
  readonly children: (item: T) => ReactNode;
}

/**
 * A list whose rows come and go without moving anything else: it always has the height of all its rows, and each is
 * put in its place by a transform, which is no layout shift.
 */
export function SteadyList<T>(props: SteadyListProps<T>) {
  const { label, items, keyOf, rows, phoneRows = rows, children } = props;
  const heights: CSSProperties & Record<`--${string}`, string> = {
    '--wide': `${rows * ROW_REM}rem`,
    '--narrow': `${phoneRows * ROW_REM}rem`,
  };
  return (
    <ul aria-label={label} className="relative h-(--narrow) overflow-hidden md:h-(--wide)" style={heights}>
      {items.slice(0, rows).map((item, i) => (
        <li
          key={keyOf(item)}
          className={clsx(
            'absolute inset-x-0 top-0 flex items-center justify-between gap-3 border-b border-line transition-transform duration-150',
            i >= phoneRows && 'max-md:hidden',
          )}
          style={{ height: `${ROW_REM}rem`, transform: `translateY(${i * ROW_REM}rem)` }}
        >
          {children(item)}
        </li>
      ))}
    </ul>
  );
}

/** A row's two lines; what is too long is cut, and told whole under the mouse. */
export function RowText({ title, detail }: { title: ReactNode; detail: string }) {
  return (
    <span className="min-w-0 flex-1 pointer-coarse:relative pointer-coarse:py-1.5">
      <span className="block truncate font-medium">{title}</span>
      <span className="block truncate text-sm text-soft" title={detail}>
        {detail}
      </span>
    </span>
  );
}
