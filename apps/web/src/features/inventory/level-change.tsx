import { useFormats } from '../../i18n/format.ts';

interface LevelChangeProps {
  readonly label: string;
  readonly now: number;
  /** NaN while nothing that counts is typed. */
  readonly after: number;
}

/** What a command will make of a level, before it is sent. */
export function LevelChange({ label, now, after }: LevelChangeProps) {
  const formats = useFormats();
  return (
    <p className="flex justify-between gap-3 rounded-lg bg-sunken px-3 py-2 text-soft" aria-live="polite">
      <span>{label}</span>
      <span className="whitespace-nowrap">
        {formats.number(now)}
        {!Number.isNaN(after) && <strong className="text-ink"> → {formats.number(after)}</strong>}
      </span>
    </p>
  );
}
