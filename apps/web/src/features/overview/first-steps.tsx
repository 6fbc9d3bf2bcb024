import { Link } from '@tanstack/react-router';
import { Circle, CircleCheck } from 'lucide-react';
import { useTranslation } from '../../i18n/use-translation.ts';
import { useTopicPart } from '../../realtime/index.ts';

const STEPS = [
  { name: 'zone', to: '/inventory' },
  { name: 'product', to: '/inventory' },
  { name: 'client', to: '/clients' },
  { name: 'order', to: '/orders' },
] as const;

/** A desk without orders: what comes before the first one, and what of it is done. */
export function FirstSteps() {
  const { t } = useTranslation();
  const done = {
    zone: useTopicPart('zones', ({ zones }) => zones.length > 0) ?? false,
    product: useTopicPart('products', ({ total }) => total > 0) ?? false,
    client: useTopicPart('clients', ({ total }) => total > 0) ?? false,
    order: false,
  };
  return (
    <section aria-labelledby="first-steps" className="rounded-xl border border-line bg-surface p-4">
      <h2 id="first-steps" className="text-lg font-semibold">
        {t('overview.first.title')}
      </h2>
      <p className="text-soft">{t('overview.first.text')}</p>
      <ol className="mt-3 grid gap-2 sm:grid-cols-2">
        {STEPS.map(({ name, to }) => (
          <li key={name}>
            <Link
              to={to}
              className="control flex items-start gap-3 rounded-lg border border-line p-3 hover:bg-sunken"
            >
              {done[name] ? (
                <CircleCheck
                  aria-label={t('overview.first.done')}
                  className="mt-0.5 size-5 shrink-0 text-good"
                />
              ) : (
                <Circle aria-hidden className="mt-0.5 size-5 shrink-0 text-soft" />
              )}
              <span>
                <span className="block font-semibold">{t(`overview.first.${name}`)}</span>
                <span className="block text-sm text-soft">{t(`overview.first.${name}_text`)}</span>
              </span>
            </Link>
          </li>
        ))}
      </ol>
    </section>
  );
}
