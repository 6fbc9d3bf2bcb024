import { type RefObject, useEffect, useRef, useState } from 'react';
import { useFormats } from '../../i18n/format.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { lazyPart } from '../../ui/lazy-part.tsx';
import { useLastDay } from './spans.ts';
import { useDeskFigures } from './use-desk-figures.ts';

const HoursChart = lazyPart(async () => (await import('./hours-chart.tsx')).HoursChart, { quiet: true });

/**
 * Orders placed and shipped in each of the last 24 hours: a chart, and the same as a table for who cannot see it.
 * The chart's code comes when the rest of the page is `ready` and shows, and somebody comes near it.
 */
export function HoursFigure({ ready }: { ready: boolean }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const place = useRef<HTMLDivElement>(null);
  const near = useNear(place, ready);
  const { figures, failed } = useDeskFigures(useLastDay(), 60);
  const placed = t('overview.placed');
  const shipped = t('overview.shipped');
  return (
    <section aria-labelledby="by-hour" className="relative rounded-xl border border-line bg-surface p-4">
      <div className="mb-2 flex flex-wrap items-center justify-between gap-x-4">
        <h2 id="by-hour" className="font-semibold">
          {t('overview.by_hour')}
        </h2>
        <p aria-hidden className="flex gap-4 text-sm text-soft forced-color-adjust-none">
          <span className="flex items-center gap-1.5">
            <span className="size-2.5 rounded-xs bg-signal" />
            {placed}
          </span>
          <span className="flex items-center gap-1.5">
            <span className="h-0.5 w-4 bg-cool" />
            {shipped}
          </span>
        </p>
      </div>
      <div ref={place} aria-hidden className="h-36">
        {near && figures && <HoursChart buckets={figures.buckets} />}
      </div>
      {failed && figures === null && (
        <p className="absolute inset-x-4 top-1/2 text-center text-soft first-letter:uppercase">
          {t('overview.unread')}
        </p>
      )}
      <table className="sr-only">
        <caption>{t('overview.by_hour')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('overview.hour')}</th>
            <th scope="col">{placed}</th>
            <th scope="col">{shipped}</th>
          </tr>
        </thead>
        <tbody>
          {figures?.buckets.map((bucket) => (
            <tr key={bucket.at}>
              <th scope="row">{formats.dateTime(bucket.at)}</th>
              <td>{formats.number(bucket.placed)}</td>
              <td>{formats.number(bucket.shipped)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** Whether what is in `place` is or soon will be in sight; not asked before `ready`. It is told after the frame is drawn. */
function useNear(place: RefObject<HTMLElement | null>, ready: boolean): boolean {
  const [near, setNear] = useState(false);
  useEffect(() => {
    if (!ready || !place.current) return;
    const watch = new IntersectionObserver(
      (seen) => {
        if (!seen.some(({ isIntersecting }) => isIntersecting)) return;
        watch.disconnect();
        setNear(true);
      },
      { rootMargin: '300px' },
    );
    watch.observe(place.current);
    return () => watch.disconnect();
  }, [place, ready]);
  return near;
}
