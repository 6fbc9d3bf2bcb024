import { type ErrorComponentProps, Link, useRouter } from '@tanstack/react-router';
import { CircleAlert, Compass } from 'lucide-react';
import { useTranslation } from '../i18n/use-translation.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/placeholder.tsx';

/** A page that failed to load or to draw; the rest of the app stands. */
export function PageError({ error, reset }: ErrorComponentProps) {
  const { t } = useTranslation();
  const router = useRouter();
  const again = async (): Promise<void> => {
    await router.invalidate();
    reset();
  };
  return (
    <EmptyState
      icon={<CircleAlert aria-hidden />}
      title={t('error.page')}
      text={error instanceof Error ? error.message : String(error)}
    >
      <Button look="primary" onClick={() => void again()}>
        {t('action.retry')}
      </Button>
      <Button onClick={() => window.location.reload()}>{t('action.reload')}</Button>
      <HomeLink />
    </EmptyState>
  );
}

export function NotFound() {
  const { t } = useTranslation();
  return (
    <EmptyState
      icon={<Compass aria-hidden />}
      title={t('error.not_found_page')}
      text={t('error.not_found_text')}
    >
      <HomeLink />
    </EmptyState>
  );
}

function HomeLink() {
  const { t } = useTranslation();
  return (
    <Link to="/" className="control inline-flex items-center font-semibold text-cool underline">
      {t('error.home')}
    </Link>
  );
}
