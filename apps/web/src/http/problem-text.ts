import { useTranslation } from '../i18n/use-translation.ts';
import { Problem } from './problem.ts';

/** What went wrong in the user's words: by status where the page knows better, else by code. */
export function useProblemText() {
  const { t } = useTranslation();
  return (error: unknown, byStatus: Readonly<Record<number, string>> = {}): string => {
    if (!(error instanceof Problem)) return t('error.code.internal');
    if (error.status === 0) return t('error.network');
    return byStatus[error.status] ?? (error.code ? t(`error.code.${error.code}`) : error.message);
  };
}
