import { type ErrorComponentProps, Link, useRouter } from '@tanstack/react-router';
import { CircleAlert, Compass } from 'lucide-react';
import { type ComponentProps, use } from 'react';
import { useTranslation } from '../i18n/use-translation.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/placeholder.tsx';
import { InMain } from './in-main.ts';

/** A page that failed to load or to draw; the rest of the app stands. */
export function PageError({ error, reset }: ErrorComponentProps) {
  const { t } = useTranslation();
  const router = useRouter();
  const again = async (): Promise<void> => {
    await router.invalidate();
    reset();
  };
  return (
    <Failing
      icon={<CircleAlert aria-hidden />}
      title={t('error.page')}
      text={error instanceof Error ? error.message : String(error)}
    >
      <Button look="primary" onClick={() => void again()}>
        {t('action.retry')}
      </Button>
      <Button onClick={() => window.location.reload()}>{t('action.reload')}</Button>
      <HomeLink />
    </Failing>
  );
}

export function NotFound() {
  const { t } = useTranslation();
  return (
    <Failing
      icon={<Compass aria-hidden />}
      title={t('error.not_found_page')}
      text={t('error.not_found_text')}
    >
      <HomeLink />
    </Failing>
  );
}

/** The pages before the desk have no shell, so the error brings its own `<main>`. */
function Failing(props: ComponentProps<typeof EmptyState>) {
  const inMain = use(InMain);
  return inMain ? (
    <EmptyState {...props} />
  ) : (
    <main>
      <EmptyState {...props} />
    </main>
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
