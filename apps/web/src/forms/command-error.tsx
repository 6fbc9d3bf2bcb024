import type { CommandFailed } from '@almenara/client';
import { useTranslation } from '../i18n/use-translation.ts';
import { Alert } from '../ui/alert.tsx';

/** Why a command failed, in the user's words. */
export function useErrorText(): (error: CommandFailed) => string {
  const { t } = useTranslation();
  return (error) => {
    if (error.outcome === 'not_sent') return t('error.not_sent');
    if (error.outcome === 'unknown') return t('error.unknown_outcome');
    return t(`error.code.${error.code}`, { defaultValue: error.message });
  };
}

/** Why a command failed; `text` where the form knows better than the code alone. */
export function CommandError({ error, text }: { error: CommandFailed | null; text?: string | undefined }) {
  const errorText = useErrorText();
  if (!error) return null;
  if (error.outcome !== 'refused') return <Alert tone="warn">{errorText(error)}</Alert>;
  return <Alert tone="bad">{text ?? errorText(error)}</Alert>;
}
