import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { useStore } from 'zustand';
import { useFormats } from '../../../i18n/format.ts';
import { theme } from '../../../settings/theme.ts';
import type { HistoryPoint } from './stock-history.tsx';
import { useDark } from './use-dark.ts';

interface StockChartProps {
  readonly points: readonly HistoryPoint[];
  readonly name: string;
}

/** A step line: a level stays as it is until something happens. */
export default function StockChart({ points, name }: StockChartProps) {
  const { t, i18n } = useTranslation();
  const formats = useFormats();
  const box = useRef<HTMLDivElement>(null);
  const chart = useRef<uPlot | null>(null);
  const latest = useRef(points);
  latest.current = points;
  const chosen = useStore(theme);
  const dark = useDark();
  const [onHand, reserved] = [t('inventory.on_hand'), t('inventory.reserved')];

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
        height: element.clientHeight - LEGEND_PX,
        series: [
          {
            label: t('ledger.at'),
            value: (_, at) => (at === null ? '–' : formats.dateTime(new Date(at * 1000).toISOString())),
          },
          {
            label: onHand,
            stroke: colour('--cool'),
            fill: colour('--cool-wash'),
            width: 2,
            points: { show: false },
            ...(stepped && { paths: stepped }),
            value: (_, n) => (n === null ? '–' : formats.number(n)),
          },
          {
            label: reserved,
            stroke: colour('--signal-ink'),
            width: 2,
            dash: [5, 4],
            points: { show: false },
            ...(stepped && { paths: stepped }),
            value: (_, n) => (n === null ? '–' : formats.number(n)),
          },
        ],
        axes: [
          { ...axis, values: (_, splits) => splits.map(dayOrTime(splits, i18n.language)) },
          {
            ...axis,
            size: 60,
            values: (_, splits) => splits.map((n) => (Number.isInteger(n) ? formats.number(n) : '')),
          },
        ],
        scales: { y: { range: (_, __, max) => [0, Math.max(1, max * 1.1)] } },
        cursor: { drag: { x: false, y: false } },
      },
      columnsOf(latest.current),
      element,
    );
    chart.current = plot;
    const resized = new ResizeObserver(() =>
      plot.setSize({ width: element.clientWidth, height: element.clientHeight - LEGEND_PX }),
    );
    resized.observe(element);
    return () => {
      resized.disconnect();
      plot.destroy();
      chart.current = null;
    };
    // `chosen` and `dark` stand for the colours.
  }, [t, i18n.language, formats, onHand, reserved, chosen, dark]);

  useEffect(() => chart.current?.setData(columnsOf(points)), [points]);

  const [first, last] = [points[0], points.at(-1)];
  return (
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
      className="h-full text-sm [&_.u-legend]:text-soft"
    />
  );
}

const LEGEND_PX = 32;

const columnsOf = (points: readonly HistoryPoint[]): uPlot.AlignedData => [
  points.map(({ at }) => Date.parse(at) / 1000),
  points.map(({ onHand }) => onHand),
  points.map(({ reserved }) => reserved),
];

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
