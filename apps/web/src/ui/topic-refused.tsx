import type { Failure } from '@almenara/events';
import { useTranslation } from '../i18n/use-translation.ts';
import { Alert } from './alert.tsx';

/** A topic that this user may not follow, or that does not exist. */
export function TopicRefused({ error }: { error: Failure }) {
  const { t } = useTranslation();
  return <Alert tone="bad">{t('error.topic', { reason: t(`error.code.${error.code}`) })}</Alert>;
}
