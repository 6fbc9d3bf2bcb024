import { clsx } from 'clsx';
import { Search } from 'lucide-react';
import { Dialog } from 'radix-ui';
import { useDeferredValue, useId, useRef, useState } from 'react';
import { useTranslation } from '../i18n/use-translation.ts';
import { useListbox } from '../ui/use-listbox.ts';
import { useOpener } from '../ui/use-opener.ts';
import { givenAhead } from './desk-overlay.ts';
import { Keys } from './keys.tsx';
import { type Entry, useEntries } from './use-entries.ts';

/** Goes anywhere, finds anything, does what can be done: one field and a list (ARIA combobox in a dialog). */
export function Palette({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const giveBack = useOpener();
  const [typed, setTyped] = useState('');
  const shown = useDeferredValue(typed);
  const groups = useEntries(shown);
  const entries = groups.flatMap((group) => group.entries);
  const id = useId();
  const chosen = useRef<Entry | null>(null);
  const field = useRef<HTMLInputElement>(null);
  const listbox = useListbox({
    options: entries,
    open: true,
    settled: shown === typed,
    onPick: (entry) => {
      chosen.current = entry;
      onClose();
    },
  });

  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-50 animate-fade bg-[#08101a]/55" />
        <Dialog.Content
          data-palette
          aria-describedby={undefined}
          onOpenAutoFocus={(event) => {
            // The field takes over the keys that were kept for it. Focused by hand, as Radix would select the
            // text, and the next key would replace it.
            event.preventDefault();
            field.current?.focus();
            setTyped(givenAhead().typed);
            if (givenAhead().entered) listbox.enter();
          }}
          onCloseAutoFocus={(event) => {
            giveBack(event);
            // Runs once the focus is back, so that a dialog that opens now can return it to the same place.
            chosen.current?.run();
          }}
          className="fixed inset-x-2 top-2 z-50 flex max-h-[80dvh] animate-enter flex-col overflow-hidden rounded-2xl bg-raised shadow-lift sm:inset-x-auto sm:top-[12dvh] sm:left-1/2 sm:w-[36rem] sm:-translate-x-1/2"
        >
          <Dialog.Title className="sr-only">{t('palette.title')}</Dialog.Title>
          <div className="flex items-center gap-2 border-b border-line px-4">
            <Search aria-hidden className="size-4.5 shrink-0 text-soft" />
            <input
              ref={field}
              {...listbox.field}
              aria-label={t('palette.field')}
              spellCheck={false}
              placeholder={t('palette.hint')}
              value={typed}
              onChange={(event) => {
                setTyped(event.target.value);
                listbox.reset();
              }}
              onKeyDown={listbox.onKeyDown}
              className="min-h-13 w-full bg-transparent text-lg outline-none"
            />
          </div>
          <div
            {...listbox.listProps(t('palette.results'))}
            className="overflow-y-auto overscroll-contain py-1.5"
          >
            {groups.map(({ name, entries: offered }) => (
              // biome-ignore lint/a11y/useSemanticElements: a listbox may hold groups, but no fieldset
              <div key={name} role="group" aria-labelledby={`${id}${name}`}>
                <div id={`${id}${name}`} className="px-4 pt-2 pb-1 text-sm font-medium text-soft">
                  {t(`palette.group.${name}`)}
                </div>
                {offered.map((entry) => (
                  <div
                    key={entry.id}
                    {...listbox.optionProps(entry)}
                    onPointerMove={() => listbox.mark(entry)}
                    className={clsx(
                      'control flex cursor-pointer items-center gap-3 px-4 py-1.5',
                      entry === listbox.active && 'bg-sunken shadow-[inset_3px_0_0_var(--signal)]',
                    )}
                  >
                    <span className="min-w-0 flex-1 truncate">{entry.label}</span>
                    {entry.detail !== '' && (
                      <span className="max-w-48 shrink-0 truncate text-sm text-soft">{entry.detail}</span>
                    )}
                    {entry.keys !== undefined && <Keys keys={entry.keys} />}
                  </div>
                ))}
              </div>
            ))}
          </div>
          {entries.length === 0 && <p className="px-4 pb-4 text-soft">{t('palette.nothing', { typed })}</p>}
          <p role="status" className="sr-only">
            {typed !== '' && t('palette.count', { count: entries.length })}
          </p>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
