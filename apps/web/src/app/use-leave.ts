import { useCallback } from 'react';
import { useProblemText } from '../http/problem-text.ts';
import { useTranslation } from '../i18n/use-translation.ts';
import { openOverlay } from '../palette/desk-overlay.ts';
import { useRealtime } from '../realtime/index.ts';
import { toast } from '../ui/toast.ts';
import { useSignOut } from './use-sign-out.ts';

/** Signs out; asks first while there are commands that have not been sent. */
export function useLeave(): () => void {
  const { t } = useTranslation();
  const { queued } = useRealtime();
  const problemText = useProblemText();
  const signOut = useSignOut();
  return useCallback(() => {
    if (queued.getState().length > 0) openOverlay('sign_out');
    else
      signOut().catch((problem: unknown) =>
        toast.error(t('error.title'), { description: problemText(problem) }),
      );
  }, [queued, signOut, t, problemText]);
}
