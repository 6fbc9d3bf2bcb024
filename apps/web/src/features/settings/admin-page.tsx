import { Lock } from 'lucide-react';
import type { ReactNode } from 'react';
import { useProblemText } from '../../http/problem-text.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { useRole } from '../../people/me.ts';
import { Alert } from '../../ui/alert.tsx';
import { Button } from '../../ui/button.tsx';
import { Page } from '../../ui/page.tsx';
import { EmptyState, Skeleton } from '../../ui/placeholder.tsx';

interface AdminPageProps {
  readonly title: string;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

/** For administrators; whoever comes by an address or was demoted meanwhile is told. The server decides again. */
export function AdminPage({ title, actions, children }: AdminPageProps) {
  const { t } = useTranslation();
  const isAdmin = useRole() === 'admin';
  return (
    <Page title={title} actions={isAdmin ? actions : undefined}>
      {isAdmin ? (
        children
      ) : (
        <EmptyState icon={<Lock aria-hidden />} title={t('settings.admins_only')} text="" />
      )}
    </Page>
  );
}

/** What is not there yet, or why not. */
export function Waiting({ error, reload }: { error: unknown; reload: () => void }) {
  const { t } = useTranslation();
  const problemText = useProblemText();
  if (error === null) {
    return (
      <div role="status" aria-label={t('app.loading')}>
        <Skeleton className="h-64" />
      </div>
    );
  }
  return (
    <Alert tone="bad">
      <p className="mb-2">{problemText(error)}</p>
      <Button onClick={reload}>{t('action.retry')}</Button>
    </Alert>
  );
}
