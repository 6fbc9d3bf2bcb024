import { Link } from '@tanstack/react-router';
import { useTranslation } from '../i18n/use-translation.ts';
import { useCanWrite } from './me.ts';

/** For lists that are empty still: their contents may be in a file. */
export function ImportLink() {
  const { t } = useTranslation();
  if (!useCanWrite()) return null;
  return (
    <Link to="/import" search={{}} className="control inline-flex items-center text-cool underline">
      {t('action.import')}
    </Link>
  );
}
