import { Link } from '@tanstack/react-router';
import { Building2 } from 'lucide-react';
import { CompanyForm } from '../../company/company-form.tsx';
import { getSetupProgress } from '../../http/accounts.ts';
import { useHttpQuery } from '../../http/use-http-query.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { useRole } from '../../people/me.ts';
import { useTopic } from '../../realtime/index.ts';
import { Page } from '../../ui/page.tsx';
import { EmptyState, Skeleton } from '../../ui/placeholder.tsx';
import { toast } from '../../ui/toast.ts';
import { Section } from './section.tsx';

/** /settings/company */
export function CompanyPage() {
  const { t } = useTranslation();
  const isAdmin = useRole() === 'admin';
  const { view } = useTopic('company');
  const company = view?.company ?? null;
  return (
    <Page title={t('settings.company')}>
      {view === null && (
        <div role="status" aria-label={t('app.loading')}>
          <Skeleton className="h-72" />
        </div>
      )}
      {view !== null && isAdmin && (
        <>
          <Section title={company?.name ?? t('company.empty_title')}>
            <CompanyForm
              company={company}
              submit={t('action.save')}
              onSaved={() => toast.success(t('settings.saved'))}
            />
          </Section>
          <Remaining />
        </>
      )}
      {view !== null && !isAdmin && company === null && (
        <EmptyState
          icon={<Building2 aria-hidden />}
          title={t('company.empty_title')}
          text={t('company.empty_text')}
        />
      )}
      {!isAdmin && company !== null && (
        <Section title={company.name}>
          <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1">
            <dt className="text-soft">{t('company.currency')}</dt>
            <dd>{company.currency}</dd>
            <dt className="text-soft">{t('company.late_after')}</dt>
            <dd>{t('company.hours', { count: company.lateAfterHours })}</dd>
          </dl>
        </Section>
      )}
    </Page>
  );
}

/** What of the first run was left for later. */
function Remaining() {
  const { t } = useTranslation();
  const { value } = useHttpQuery('setup', getSetupProgress, { onFront: true });
  if (!value || (value.zones > 0 && !value.empty)) return null;
  return (
    <Section title={t('setup.rest_title')}>
      <ul className="flex flex-col">
        {value.zones === 0 && (
          <li>
            <Link to="/setup/zones" className="control inline-flex items-center text-cool underline">
              {t('setup.rest_zones')}
            </Link>
          </li>
        )}
        {value.empty && (
          <li>
            <Link to="/setup/start" className="control inline-flex items-center text-cool underline">
              {t('setup.rest_goods')}
            </Link>
          </li>
        )}
      </ul>
    </Section>
  );
}
