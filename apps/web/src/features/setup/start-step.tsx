import { Link } from '@tanstack/react-router';
import { FileUp, type LucideIcon, PackageOpen, Sparkles } from 'lucide-react';
import { useState } from 'react';
import { addSampleGoods, getSetupProgress } from '../../http/accounts.ts';
import { useHttpQuery } from '../../http/use-http-query.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { Alert } from '../../ui/alert.tsx';
import { StepPage } from './steps.tsx';
import { useFinish } from './wizard.tsx';

type Way = 'import' | 'sample' | 'empty';

/** /setup/start: where the goods come from. Each way ends the first run. */
export function StartStep() {
  const { t } = useTranslation();
  const { finish, pending, error } = useFinish();
  const [way, setWay] = useState<Way | null>(null);
  const progress = useHttpQuery('setup', getSetupProgress, { onFront: true });
  const hasGoods = progress.value !== null && !progress.value.empty;
  const go = (chosen: Way, work?: () => Promise<unknown>, to?: string): void => {
    setWay(chosen);
    void finish(work, to);
  };
  return (
    <StepPage step="start" title={t('setup.start_title')} lead={t('setup.start_lead')}>
      {error !== null && (
        <Alert tone="bad" className="mb-4">
          {error}
        </Alert>
      )}
      <div className="flex flex-col gap-3">
        <Choice
          icon={FileUp}
          title={t('setup.import')}
          text={t('setup.import_text')}
          busy={pending && way === 'import'}
          disabled={pending}
          onChoose={() => go('import', undefined, '/import')}
        />
        <Choice
          icon={Sparkles}
          title={t('setup.sample')}
          text={t(hasGoods ? 'setup.sample_not_empty' : 'setup.sample_text')}
          busy={pending && way === 'sample'}
          disabled={pending || hasGoods}
          onChoose={() => go('sample', addSampleGoods)}
        />
        <Choice
          icon={PackageOpen}
          title={t('setup.empty')}
          text={t('setup.empty_text')}
          busy={pending && way === 'empty'}
          disabled={pending}
          onChoose={() => go('empty')}
        />
      </div>
      <Link to="/setup/zones" className="control mt-4 inline-flex items-center px-3 text-soft hover:text-ink">
        {t('setup.back')}
      </Link>
    </StepPage>
  );
}

interface ChoiceProps {
  readonly icon: LucideIcon;
  readonly title: string;
  readonly text: string;
  readonly busy: boolean;
  readonly disabled: boolean;
  readonly onChoose: () => void;
}

function Choice({ icon: Icon, title, text, busy, disabled, onChoose }: ChoiceProps) {
  return (
    <button
      type="button"
      disabled={disabled}
      aria-busy={busy}
      onClick={onChoose}
      className="flex items-start gap-3 rounded-xl border border-edge bg-surface p-3.5 text-left hover:bg-sunken disabled:opacity-60 aria-busy:animate-breathe"
    >
      <span className="grid size-10 shrink-0 place-items-center rounded-lg bg-signal-wash text-signal-ink">
        <Icon aria-hidden className="size-5" />
      </span>
      <span className="min-w-0">
        <span className="block font-semibold">{title}</span>
        <span className="block text-soft">{text}</span>
      </span>
    </button>
  );
}
