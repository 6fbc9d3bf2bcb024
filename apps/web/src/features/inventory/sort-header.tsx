import { Link } from '@tanstack/react-router';
import { clsx } from 'clsx';
import { ArrowDown, ArrowUp } from 'lucide-react';
import { useTranslation } from '../../i18n/use-translation.ts';
import type { Column } from './columns.ts';
import type { StockQuery } from './stock-search.ts';

interface SortHeaderProps {
  readonly column: Column;
  readonly query: StockQuery;
}

/** A column's head. The order is in the address, so it is a link. */
export function SortHeader({ column: { name, sort, number, hidden }, query }: SortHeaderProps) {
  const { t } = useTranslation();
  const active = sort !== null && query.sort === sort;
  const desc = active && query.desc;
  const look = clsx('px-3 py-1 font-medium', number && 'text-right', hidden);
  if (sort === null)
    return (
      <th scope="col" className={look}>
        {name === 'actions' ? (
          <span className="sr-only">{t('inventory.actions')}</span>
        ) : (
          t(`inventory.${name}`)
        )}
      </th>
    );
  const Arrow = desc ? ArrowDown : ArrowUp;
  return (
    <th scope="col" className={look} aria-sort={active ? (desc ? 'descending' : 'ascending') : undefined}>
      <Link
        to="."
        replace
        resetScroll={false}
        search={(search) => ({ ...search, sort, desc: firstWay(sort, active, desc) })}
        className={clsx(
          'control -mx-1.5 inline-flex max-w-full items-center gap-1 rounded-md px-1.5 leading-tight hover:text-ink',
          active && 'font-semibold text-ink',
        )}
      >
        {t(`inventory.${name}`)}
        {active && <Arrow aria-hidden className="size-3.5 shrink-0" />}
      </Link>
    </th>
  );
}

/** Names begin at A, amounts of what is missing at the most; a second press turns it round. */
function firstWay(sort: NonNullable<Column['sort']>, active: boolean, desc: boolean): 1 | undefined {
  if (active) return desc ? undefined : 1;
  return sort === 'needed' ? 1 : undefined;
}
