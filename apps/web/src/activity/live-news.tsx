import type { EventType } from '@almenara/events';
import { useEffect, useState } from 'react';
import { useTranslation } from '../i18n/use-translation.ts';
import { useMe } from '../people/me.ts';
import { useRealtime } from '../realtime/index.ts';
import { ACTIVITY_KINDS, isTold, KIND_OF } from './activity-kinds.ts';
import { type Counts, Digest } from './digest.ts';

/** Left out here: these show as toasts, which a screen reader reads out anyway. */
const TOASTED: readonly EventType[] = ['order_created', 'shortage_reported', 'stock_low'];

/** Tells a screen reader what others change, added up and seldom enough to work beside it. */
export function LiveNews() {
  const { t } = useTranslation();
  const { client } = useRealtime();
  const { id: me } = useMe();
  const [counts, setCounts] = useState<Counts>({});
  useEffect(() => {
    const digest = new Digest(setCounts);
    const unlisten = client.onAny((envelope) => {
      if (envelope.userId === me || !isTold(envelope) || TOASTED.includes(envelope.type)) return;
      digest.add(KIND_OF[envelope.type]);
    });
    return () => {
      digest.stop();
      unlisten();
    };
  }, [client, me]);
  const said = ACTIVITY_KINDS.flatMap((kind) => {
    const count = counts[kind] ?? 0;
    return count > 0 ? [t(`news.${kind}`, { count })] : [];
  });
  return (
    <p role="status" data-news className="sr-only">
      {said.join(', ')}
    </p>
  );
}
