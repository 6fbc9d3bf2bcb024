import { useNavigate } from '@tanstack/react-router';
import { CompanyForm } from '../../company/company-form.tsx';
import { useTranslation } from '../../i18n/use-translation.ts';
import { useTopic } from '../../realtime/index.ts';
import { Skeleton } from '../../ui/placeholder.tsx';
import { StepPage } from './steps.tsx';
import { Later } from './wizard.tsx';

/** /setup/company */
export function CompanyStep() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { view } = useTopic('company');
  return (
    <StepPage step="company" title={t('setup.company_title')} lead={t('setup.company_lead')}>
      {view === null ? (
        <div role="status" aria-label={t('app.loading')}>
          <Skeleton className="h-72" />
        </div>
      ) : (
        <CompanyForm
          company={view.company}
          submit={t('setup.next')}
          autoFocus
          onSaved={() => void navigate({ to: '/setup/zones' })}
        />
      )}
      <Later />
    </StepPage>
  );
}
