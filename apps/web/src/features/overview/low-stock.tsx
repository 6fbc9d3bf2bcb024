import { available, isLow, type Level } from '@almenara/events';
import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useProductsById } from '../../catalogue/use-products.ts';
import { useFormats } from '../../i18n/format.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { RowText } from '../../ui/steady-list.tsx';
import { AttentionCard } from './attention-card.tsx';
import { ReceiveButton } from './receive-button.tsx';

const share = (level: Level): number => available(level) / level.reorderPoint;

/** What to order next, the emptiest first. */
export function LowStock({ levels }: { levels: readonly Level[] | null }) {
  const { t } = useTranslation();
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
      {(level) => <LowRow level={level} />}
    </AttentionCard>
  );
}

function LowRow({ level }: { level: Level }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const name = useProductsById().get(level.productId)?.name ?? '…';
  const left = t('overview.left_of', {
    available: formats.number(available(level)),
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
