import type { SavedView } from '@almenara/events';
import { Bookmark } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from '../../../i18n/use-translation.ts';
import { useMe } from '../../../people/me.ts';
import { useTopicPart } from '../../../realtime/index.ts';
import { buttonLook } from '../../../ui/button.tsx';
import { lazyPart } from '../../../ui/lazy-part.tsx';
import { MenuButton } from '../../../ui/menu-button.tsx';
import type { MenuEntry } from '../../../ui/menu-entries.ts';
import { fromText, type OrdersSearch, toText } from '../held/orders-search.ts';

const ManageViews = lazyPart(async () => (await import('./saved-view-dialogs.tsx')).ManageViews);
const SaveView = lazyPart(async () => (await import('./saved-view-dialogs.tsx')).SaveView);

const PAGE = 'orders';
const NONE: readonly SavedView[] = [];

interface SavedViewsProps {
  readonly search: OrdersSearch;
  readonly onShow: (search: OrdersSearch) => void;
}

/** One's own names for filters, on every device. */
export function SavedViews({ search, onShow }: SavedViewsProps) {
  const { t } = useTranslation();
  const { id } = useMe();
  const views = useTopicPart('views', (view) => view.views, { id }) ?? NONE;
  const mine = views.filter(({ page }) => page === PAGE);
  const [dialog, setDialog] = useState<'save' | 'delete' | null>(null);
  const shown = mine.find((view) => view.search === toText(search));
  const label = shown?.name ?? t('views.title');
  const entries: MenuEntry[] = [
    ...mine.map(
      (view): MenuEntry => ({
        kind: 'action',
        id: view.id,
        label: view.name,
        onSelect: () => onShow(fromText(view.search)),
      }),
    ),
    ...(mine.length === 0
      ? [
          {
            kind: 'text' as const,
            id: 'none',
            content: <p className="text-sm text-soft">{t('views.none')}</p>,
          },
        ]
      : []),
    { kind: 'line', id: 'after-views' },
    { kind: 'action', id: 'save', label: t('views.save'), onSelect: () => setDialog('save') },
    ...(mine.length > 0
      ? [
          {
            kind: 'action' as const,
            id: 'manage',
            label: t('views.manage'),
            onSelect: () => setDialog('delete'),
          },
        ]
      : []),
  ];
  return (
    <>
      <MenuButton label={label} className={buttonLook('secondary')} entries={entries}>
        <Bookmark aria-hidden className="size-4" />
        <span className="max-w-40 truncate">{label}</span>
      </MenuButton>
      {dialog === 'save' && (
        <SaveView page={PAGE} text={toText(search)} views={mine} onClose={() => setDialog(null)} />
      )}
      {dialog === 'delete' && <ManageViews views={mine} onClose={() => setDialog(null)} />}
    </>
  );
}
