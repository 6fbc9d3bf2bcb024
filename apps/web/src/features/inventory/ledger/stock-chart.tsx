import { useEffect, useRef, useState } from 'react';
import uPlot from 'uplot';
import { useTranslation } from '../../../i18n/use-translation.ts';
import 'uplot/dist/uPlot.min.css';
import { useStore } from 'zustand';
import { regionOf, useFormats } from '../../../i18n/format.ts';
import { theme } from '../../../settings/theme.ts';
import { useDarkSystem } from '../../../ui/use-dark-system.ts';
import type { HistoryPoint } from './points.ts';

interface StockChartProps {
  readonly points: readonly HistoryPoint[];
  readonly name: string;
}

/** A step line: a level stays as it is until something happens. */
export function StockChart({ points, name }: StockChartProps) {
  const { t, language } = useTranslation();
  const formats = useFormats();
  const box = useRef<HTMLDivElement>(null);
  const chart = useRef<uPlot | null>(null);
  const latest = useRef(points);
  latest.current = points;
  const chosen = useStore(theme);
  const dark = useDarkSystem();
  const locale = regionOf(language, navigator.languages);
  /** The point under the pointer. */
  const [looked, setLooked] = useState<number | null>(null);

  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const colour = (variable: string): string => colourOf(element, variable);
    const axis = {
      stroke: colour('--soft'),
      grid: { stroke: colour('--line'), width: 1 },
      ticks: { stroke: colour('--line'), width: 1 },
      font: '12px system-ui, sans-serif',
    };
    const stepped = uPlot.paths.stepped?.({ align: 1 });
    const plot = new uPlot(
      {
        width: element.clientWidth,
        height: element.clientHeight,
        legend: { show: false },
        series: [
          {},
          {
            stroke: colour('--cool'),
            fill: colour('--cool-wash'),
            width: 2,
            points: { show: false },
            ...(stepped && { paths: stepped }),
          },
          {
            stroke: colour('--signal-ink'),
            width: 2,
            dash: [5, 4],
            points: { show: false },
            ...(stepped && { paths: stepped }),
          },
        ],
        axes: [
          // A day with its time is the longest that may stand at a tick.
          { ...axis, space: 110, values: (_, splits) => splits.map(dayOrTime(splits, locale)) },
          {
            ...axis,
            size: (_, values) => axisWidth(values ?? []),
            values: (_, splits) => splits.map((n) => (Number.isInteger(n) ? formats.number(n) : '')),
          },
        ],
        scales: { y: { range: (_, __, max) => [0, Math.max(1, max * 1.1)] } },
        cursor: { drag: { x: false, y: false } },
        hooks: { setCursor: [({ cursor }) => setLooked(cursor.idx ?? null)] },
      },
      columnsOf(latest.current),
      element,
    );
    chart.current = plot;
    const resized = new ResizeObserver(() =>
      plot.setSize({ width: element.clientWidth, height: element.clientHeight }),
    );
    resized.observe(element);
    return () => {
      resized.disconnect();
      plot.destroy();
      chart.current = null;
    };
    // `chosen` and `dark` are here because the chart's colours depend on them.
  }, [locale, formats, chosen, dark]);

  useEffect(() => chart.current?.setData(columnsOf(points)), [points]);

  const [first, last] = [points[0], points.at(-1)];
  const told = (looked === null ? undefined : points[looked]) ?? last;
  return (
    <div className="flex h-full flex-col gap-1">
      {told && (
        <p
          aria-hidden
          className="flex min-h-12 flex-wrap items-center gap-x-4 overflow-hidden text-sm whitespace-nowrap text-soft sm:min-h-6"
        >
          <Series look="border-cool" label={t('inventory.on_hand')} value={formats.number(told.onHand)} />
          <Series
            look="border-signal-ink border-dashed"
            label={t('inventory.reserved')}
            value={formats.number(told.reserved)}
          />
          <span className="ml-auto truncate">{formats.dateTime(told.at)}</span>
        </p>
      )}
      <div
        ref={box}
        role="img"
        aria-label={
          first && last
            ? t('ledger.chart', {
                product: name,
                from: formats.dateTime(first.at),
                before: formats.number(first.onHand),
                now: formats.number(last.onHand),
                reserved: formats.number(last.reserved),
              })
            : name
        }
        className="min-h-0 flex-1 forced-color-adjust-none"
      />
    </div>
  );
}

function Series({ look, label, value }: { look: string; label: string; value: string }) {
  return (
    <span className="inline-flex items-center gap-1.5">
      <span className={`w-5 border-t-2 forced-color-adjust-none ${look}`} />
      {label} <strong className="text-ink">{value}</strong>
    </span>
  );
}

const columnsOf = (points: readonly HistoryPoint[]): uPlot.AlignedData => [
  points.map(({ at }) => Date.parse(at) / 1000),
  points.map(({ onHand }) => onHand),
  points.map(({ reserved }) => reserved),
];

/** Room for the longest number: at 12 px a digit is about 7 wide. */
const axisWidth = (values: readonly string[]): number =>
  Math.max(48, 20 + 7 * Math.max(0, ...values.map(({ length }) => length)));

/** A canvas knows no CSS variables. */
function colourOf(element: HTMLElement, variable: string): string {
  const probe = document.createElement('span');
  probe.style.color = `var(${variable})`;
  element.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}

const DAY_S = 86_400;

function dayOrTime(splits: readonly number[], locale: string): (at: number) => string {
  const step = (splits[1] ?? 0) - (splits[0] ?? 0);
  const span = (splits.at(-1) ?? 0) - (splits[0] ?? 0);
  const format = new Intl.DateTimeFormat(
    locale,
    step >= 28 * DAY_S
      ? { month: 'short', year: '2-digit' }
      : step >= DAY_S
        ? { day: 'numeric', month: 'short' }
        : span > DAY_S
          ? { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' }
          : step < 60
            ? { timeStyle: 'medium' }
            : { timeStyle: 'short' },
  );
  return (at) => format.format(new Date(at * 1000));
}
