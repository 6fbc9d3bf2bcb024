import type { CommandFailed } from '@almenara/client';
import { useTranslation } from 'react-i18next';
import { Alert } from '../ui/alert.tsx';

/** Why a command failed, in the user's words; `text` where the form knows better than the code alone. */
export function CommandError({ error, text }: { error: CommandFailed | null; text?: string | undefined }) {
  const { t } = useTranslation();
  if (!error) return null;
  if (error.outcome === 'not_sent') return <Alert tone="warn">{t('error.not_sent')}</Alert>;
  if (error.outcome === 'unknown') return <Alert tone="warn">{t('error.unknown_outcome')}</Alert>;
  return <Alert tone="bad">{text ?? t(`error.code.${error.code}`, { defaultValue: error.message })}</Alert>;
}
