import { useState } from 'react';
import { useStore } from 'zustand';
import { useProblemText } from '../http/problem-text.ts';
import { useTranslation } from '../i18n/use-translation.ts';
import { useRealtime } from '../realtime/index.ts';
import { Confirm } from '../ui/confirm.tsx';
import { useSignOut } from './use-sign-out.ts';

/** Asked where commands have not been sent: they stay in this browser, for this user only. */
export function SignOutDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const problemText = useProblemText();
  const count = useStore(useRealtime().queued, (commands) => commands.length);
  const signOut = useSignOut();
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const leave = async (): Promise<void> => {
    setPending(true);
    try {
      await signOut();
      onClose();
    } catch (problem) {
      setError(problemText(problem));
      setPending(false);
    }
  };
  return (
    <Confirm
      title={t('queue.sign_out_title')}
      text={t('queue.sign_out_text', { count })}
      confirm={t('queue.sign_out')}
      keep={t('queue.stay')}
      pending={pending}
      onConfirm={() => void leave()}
      onClose={onClose}
      error={error}
    />
  );
}
