import type { DeskFigures } from '@almenara/events';
import { useEffect, useRef } from 'react';
import UPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { useStore } from 'zustand';
import { useFormats } from '../../i18n/format.ts';
import { theme } from '../../settings/theme.ts';
import { useDarkSystem } from '../../ui/use-dark-system.ts';

type Buckets = DeskFigures['buckets'];

const toData = (buckets: Buckets): UPlot.AlignedData => [
  buckets.map(({ at }) => Date.parse(at) / 1000),
  buckets.map(({ placed }) => placed),
  buckets.map(({ shipped }) => shipped),
];

/** Bars for what was placed, a line for what was shipped: told apart by more than their colours. */
export function HoursChart({ buckets }: { buckets: Buckets }) {
  const formats = useFormats();
  const place = useRef<HTMLDivElement>(null);
  const chart = useRef<UPlot | null>(null);
  const latest = useRef(buckets);
  const look = `${useStore(theme)} ${useDarkSystem()}`;

  useEffect(() => {
    const element = place.current;
    if (!element) return;
    const size = () => ({ width: element.clientWidth, height: element.clientHeight });
    const drawn = new UPlot(options(element, size(), formats.clock), toData(latest.current), element);
    chart.current = drawn;
    const watch = new ResizeObserver(() => drawn.setSize(size()));
    watch.observe(element);
    return () => {
      watch.disconnect();
      drawn.destroy();
      chart.current = null;
    };
    // Drawn again when the theme changes, as a canvas does not follow the page's colours.
  }, [look, formats]);

  useEffect(() => {
    latest.current = buckets;
    chart.current?.setData(toData(buckets));
  }, [buckets]);

  return <div ref={place} className="h-full overflow-hidden forced-color-adjust-none" />;
}

function options(
  element: HTMLElement,
  size: { width: number; height: number },
  clock: (ms: number) => string,
): UPlot.Options {
  const style = getComputedStyle(element);
  const colour = (name: string): string => resolve(element, style.getPropertyValue(name));
  const axis = {
    stroke: colour('--soft'),
    font: `12px ${style.fontFamily}`,
    grid: { stroke: colour('--line'), width: 1 },
    ticks: { show: false },
  };
  return {
    ...size,
    padding: [8, 20, 0, 0],
    legend: { show: false },
    cursor: { show: false },
    scales: { y: { range: (_, __, max) => [0, Math.max(4, max)] } },
    axes: [
      { ...axis, size: 28, grid: { show: false }, values: (_, splits) => splits.map((s) => clock(s * 1000)) },
      { ...axis, size: 36, incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 5000, 10_000] },
    ],
    series: [
      {},
      {
        fill: colour('--signal'),
        stroke: colour('--signal'),
        ...(UPlot.paths.bars && { paths: UPlot.paths.bars({ size: [0.65, 40] }) }),
        points: { show: false },
      },
      { stroke: colour('--cool'), width: 2, points: { show: true, size: 4, fill: colour('--cool') } },
    ],
  };
}

/** A canvas knows nothing of `light-dark()`: the browser computes what it comes to. */
function resolve(element: HTMLElement, value: string): string {
  const probe = document.createElement('span');
  probe.style.color = value;
  element.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}
