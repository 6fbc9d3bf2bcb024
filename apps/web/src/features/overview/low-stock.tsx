import { available, isLow, type Level } from '@almenara/events';
import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useProductsOf } from '../../catalogue/use-asked-products.ts';
import { useFormats } from '../../i18n/format.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { RowText } from '../../ui/steady-list.tsx';
import { overAllZones } from './attention.ts';
import { AttentionCard } from './attention-card.tsx';
import { ReceiveButton } from './receive-button.tsx';

const share = (level: Level): number => available(level) / level.reorderPoint;

/** What to order next, the emptiest first. */
export function LowStock({ levels }: { levels: readonly Level[] | null }) {
  const { t } = useTranslation();
  const sums = useMemo(() => overAllZones(levels ?? []), [levels]);
  const low = useMemo(() => levels?.filter(isLow).sort((a, b) => share(a) - share(b)) ?? null, [levels]);
  return (
    <AttentionCard
      title={t('overview.low')}
      tone="signal"
      items={low}
      keyOf={(level) => `${level.zone} ${level.productId}`}
      fine={t('overview.low_empty')}
      all="/inventory"
    >
      {(level) => <LowRow level={level} inAll={sums.get(level.productId)?.available ?? available(level)} />}
    </AttentionCard>
  );
}

function LowRow({ level, inAll }: { level: Level; inAll: number }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const name = useProductsOf([level.productId]).get(level.productId)?.name ?? '…';
  // The first line has room only for the name, above all on a phone: what is left goes into the row's second
  // line, which is there anyway.
  const left = t(inAll === available(level) ? 'overview.left_of' : 'overview.left_here', {
    available: formats.number(available(level)),
    inAll: formats.number(inAll),
    point: formats.number(level.reorderPoint),
  });
  return (
    <>
      <RowText
        title={
          <Link
            to="/inventory/$zone"
            params={{ zone: level.zone }}
            title={name}
            className="pointer-coarse:after:absolute pointer-coarse:after:inset-0 underline decoration-line underline-offset-2 hover:decoration-current"
          >
            {name}
          </Link>
        }
        detail={`${level.zone} · ${left}`}
      />
      <ReceiveButton productId={level.productId} zone={level.zone} />
    </>
  );
}
