import { useStore } from 'zustand';
import { useTranslation } from '../i18n/use-translation.ts';
import { Dialog } from '../ui/dialog.tsx';
import { allActions } from './actions.ts';
import { shortcutsOn, switchShortcuts } from './shortcuts.ts';

const isMac = (): boolean => /Mac|iPhone|iPad/.test(navigator.userAgent);

/** All keys, and the switch that turns them off. */
export function HelpSheet({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const on = useStore(shortcutsOn);
  const rows = allActions().flatMap(({ id, label, keys }) =>
    keys === undefined ? [] : [{ id, label, keys }],
  );
  return (
    <Dialog title={t('palette.keys_title')} description={t('palette.keys_text')} onClose={onClose}>
      <div className="overflow-y-auto px-5 pb-5">
        <dl className="divide-y divide-line">
          {[{ id: 'palette', label: t('palette.title'), keys: isMac() ? '⌘ K' : 'Ctrl K' }, ...rows].map(
            (row) => (
              <div key={row.id} className="flex items-center justify-between gap-4 py-2">
                <dt>{row.label}</dt>
                <dd className="flex gap-1">
                  {row.keys.split(' ').map((key) => (
                    <kbd key={key} className="kbd">
                      {key}
                    </kbd>
                  ))}
                </dd>
              </div>
            ),
          )}
        </dl>
        <label className="control mt-3 flex items-center gap-2.5">
          <input
            type="checkbox"
            className="size-4.5 accent-(--action)"
            checked={on}
            onChange={(event) => switchShortcuts(event.target.checked)}
          />
          {t('palette.keys_on')}
        </label>
      </div>
    </Dialog>
  );
}
