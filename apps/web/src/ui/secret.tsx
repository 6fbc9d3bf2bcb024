import { Check, Copy } from 'lucide-react';
import { useRef, useState } from 'react';
import { useTranslation } from '../i18n/use-translation.ts';
import { Button } from './button.tsx';
import { Field } from './field.tsx';

/** A key or link to copy now: it is never shown again. */
export function Secret({ label, value }: { label: string; value: string }) {
  const { t } = useTranslation();
  const input = useRef<HTMLInputElement>(null);
  const [copied, setCopied] = useState(false);
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(value);
      setCopied(true);
    } catch {
      // Without TLS the clipboard is not available: the text is selected, so that it can be copied by hand.
      input.current?.focus();
      input.current?.select();
    }
  };
  return (
    <Field label={label}>
      {(control) => (
        <div className="flex flex-wrap gap-2">
          <input
            {...control}
            ref={input}
            readOnly
            value={value}
            onFocus={(event) => event.target.select()}
            className="field control min-w-0 flex-1 font-mono text-sm"
          />
          <Button
            autoFocus
            icon={copied ? <Check aria-hidden className="size-4" /> : <Copy aria-hidden className="size-4" />}
            onClick={() => void copy()}
          >
            {copied ? t('action.copied') : t('action.copy')}
          </Button>
          <span role="status" className="sr-only">
            {copied && t('action.copied')}
          </span>
        </div>
      )}
    </Field>
  );
}
