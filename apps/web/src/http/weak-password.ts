import { PASSWORD_HINTS } from '@almenara/events';
import { useTranslation } from '../i18n/use-translation.ts';

/** What is wrong with a password that the server found too easy to guess, in the user's words; else undefined. */
export function useWeakPassword() {
  const { t } = useTranslation();
  return (details: Readonly<Record<string, unknown>> | undefined): string | undefined => {
    if (details?.reason !== 'weak_password') return undefined;
    const hint = PASSWORD_HINTS.find((one) => one === details.hint) ?? 'word';
    return `${t(`setup.weak.${hint}`)} ${t('setup.weak_advice')}`;
  };
}
