import { clsx } from 'clsx';
import { FileUp } from 'lucide-react';
import { type DragEvent, useState } from 'react';
import { useFormats } from '../../i18n/format.ts';
import { useTranslation } from '../../i18n/use-translation.ts';

interface DropZoneProps {
  readonly maxBytes: number | null;
  readonly pending: boolean;
  readonly onFile: (file: File) => void;
}

/** Takes a file that is dropped, or chosen with mouse, finger or keyboard. */
export function DropZone({ maxBytes, pending, onFile }: DropZoneProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const [over, setOver] = useState(false);
  const take = (files: FileList | null): void => {
    const file = files?.[0];
    if (file && !pending) onFile(file);
  };
  const onDrop = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    take(event.dataTransfer.files);
  };
  return (
    <label
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={onDrop}
      aria-busy={pending}
      className={clsx(
        'flex cursor-pointer flex-col items-center gap-2 rounded-xl border-2 border-dashed px-4 py-12 text-center transition-colors',
        'focus-within:outline-2 focus-within:outline-offset-2 focus-within:outline-(--focus)',
        over ? 'border-signal bg-signal-wash' : 'border-edge bg-surface hover:bg-sunken',
      )}
    >
      <span className="grid size-14 place-items-center rounded-2xl bg-signal-wash text-signal-ink">
        <FileUp aria-hidden className={clsx('size-7', pending && 'animate-breathe')} />
      </span>
      <span className="text-lg font-semibold">{pending ? t('import.uploading') : t('import.drop')}</span>
      <span className="max-w-md text-soft">{t('import.drop_hint')}</span>
      {maxBytes !== null && (
        <span className="text-sm text-soft">
          {t('import.limit', { size: formats.number(Math.floor(maxBytes / 1_000_000)) })}
        </span>
      )}
      <input
        type="file"
        aria-label={t('import.choose')}
        accept=".csv,.tsv,.txt,text/csv,text/plain"
        className="sr-only"
        onChange={(event) => {
          take(event.target.files);
          event.target.value = '';
        }}
      />
    </label>
  );
}
