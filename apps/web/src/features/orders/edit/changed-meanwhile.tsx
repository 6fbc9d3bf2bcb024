import type { Order } from '@almenara/events';
import { type RefObject, useEffect, useId } from 'react';
import { useTranslation } from '../../../i18n/use-translation.ts';
import { Alert } from '../../../ui/alert.tsx';
import { Button } from '../../../ui/button.tsx';
import { differences } from './order-diff.ts';
import type { Choices, Merge, MergeField, Side } from './order-merge.ts';
import { useDifferenceText } from './use-difference-text.ts';

interface ChangedMeanwhileProps {
  /** Lets the form scroll here: this stands at its top, and the form may have been scrolled down. */
  readonly notice: RefObject<HTMLDivElement | null>;
  readonly base: Order;
  readonly newer: Order;
  readonly merge: Merge;
  /** The server refused to save because of the newer version. */
  readonly refused: boolean;
  readonly choices: Choices;
  readonly onChoose: (key: string, side: Side) => void;
  readonly onTakeOver: () => void;
}

/** Somebody else was faster: what they changed field by field, and mine or theirs where both did. */
export function ChangedMeanwhile(props: ChangedMeanwhileProps) {
  const { notice, base, newer, merge, refused, choices, onChoose, onTakeOver } = props;
  const { t } = useTranslation();
  const tell = useDifferenceText();
  // When saving was refused, its reason is scrolled into view.
  useEffect(() => {
    if (refused) notice.current?.scrollIntoView({ block: 'nearest' });
  }, [notice, refused]);
  const clashing = new Set(merge.conflicts.map(labelKey));
  const others = differences(base, newer).filter(
    (change) => !clashing.has(change.kind === 'line' ? `line ${change.product}` : change.kind),
  );
  return (
    <div ref={notice} tabIndex={-1} className="rounded-lg">
      <Alert tone="warn" title={t('order.changed_title')}>
        <p>{refused ? t('order.changed_text') : t('order.changed_live')}</p>
        <ul className="my-1.5 list-disc pl-5">
          {others.length === 0 && merge.conflicts.length === 0 && <li>{t('order.changed_nothing')}</li>}
          {others.map((change) => {
            const text = tell(change);
            return <li key={`${change.kind} ${text.field}`}>{t('order.diff', { ...text })}</li>;
          })}
        </ul>
        {merge.conflicts.map((field) => (
          <Conflict
            key={field.key}
            field={field}
            settled={merge.linesSettled && field.kind === 'line'}
            side={choices[field.key] ?? 'mine'}
            onChoose={(side) => onChoose(field.key, side)}
          />
        ))}
        {merge.closed ? (
          <p>{t('order.closed_meanwhile', { status: t(`status.${newer.status}`) })}</p>
        ) : (
          <>
            <p className="mb-2 text-sm">{t('order.take_over_hint')}</p>
            <Button onClick={onTakeOver}>
              {t(merge.conflicts.length > 0 ? 'order.take_over_chosen' : 'order.take_over')}
            </Button>
          </>
        )}
      </Alert>
    </div>
  );
}

const labelKey = (field: MergeField): string =>
  field.kind === 'line' ? `line ${field.product}` : field.kind;

interface ConflictProps {
  readonly field: MergeField;
  /** Lines can no longer be edited, so theirs stay. */
  readonly settled: boolean;
  readonly side: Side;
  readonly onChoose: (side: Side) => void;
}

/** One field that both have changed: the browser's own radio buttons, so that arrows and Tab do what they always do. */
function Conflict({ field, settled, side, onChoose }: ConflictProps) {
  const { t } = useTranslation();
  const name = useId();
  const none = t('order.none');
  const label = field.kind === 'line' ? field.product : t(`order.${field.kind}`);
  return (
    <fieldset className="my-2 rounded-lg border border-current/40 px-3 pt-1 pb-2 text-ink">
      <legend className="px-1 font-semibold break-words">
        {t('order.both_changed', { field: label, before: field.base ?? none })}
      </legend>
      {settled && <p className="mb-1 text-sm">{t('order.lines_settled')}</p>}
      {(['mine', 'theirs'] as const).map((each) => (
        <label key={each} className="control flex cursor-pointer items-center gap-2">
          <input
            type="radio"
            name={name}
            checked={settled ? each === 'theirs' : side === each}
            disabled={settled}
            onChange={() => onChoose(each)}
            className="size-4 shrink-0 accent-[var(--action)]"
          />
          <span className="min-w-0 break-words whitespace-pre-line">
            <span className="text-soft">{t(`order.${each}`)}:</span>{' '}
            <span className="font-medium">{field[each] ?? none}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
