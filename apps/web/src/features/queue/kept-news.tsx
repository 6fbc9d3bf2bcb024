import { useEffect, useEffectEvent } from 'react';
import { useTranslation } from '../../i18n/use-translation.ts';
import { useRealtime } from '../../realtime/index.ts';
import { toast } from '../../ui/toast.ts';

/** One toast, however many commands are kept. */
const TOAST = 'kept-commands';

/** Tells somebody without a connection that their command is kept, and goes out later by itself. */
export function KeptNews(): null {
  const { t } = useTranslation();
  const { keptCount } = useRealtime();
  const tell = useEffectEvent(() =>
    toast.info(t('queue.kept'), { id: TOAST, description: t('queue.kept_hint') }),
  );
  useEffect(() => keptCount.subscribe(() => tell()), [keptCount]);
  return null;
}
