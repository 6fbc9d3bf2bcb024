import type { SavedView } from '@almenara/events';
import { Bookmark } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe } from '../../people/me.ts';
import { useTopicPart } from '../../realtime/index.ts';
import { Button } from '../../ui/button.tsx';
import { MenuItem, menuPanel } from '../../ui/menu.tsx';
import { fromText, type OrdersSearch, toText } from './orders-search.ts';
import { ManageViews, SaveView } from './saved-view-dialogs.tsx';

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
  return (
    <>
      <DropdownMenu.Root>
        <DropdownMenu.Trigger asChild>
          <Button icon={<Bookmark aria-hidden className="size-4" />}>
            <span className="max-w-40 truncate">{shown?.name ?? t('views.title')}</span>
          </Button>
        </DropdownMenu.Trigger>
        <DropdownMenu.Portal>
          <DropdownMenu.Content
            align="end"
            sideOffset={6}
            className={`${menuPanel} max-h-96 max-w-80 overflow-y-auto`}
          >
            {mine.length === 0 && <p className="max-w-64 px-3 py-1.5 text-sm text-soft">{t('views.none')}</p>}
            {mine.map((view) => (
              <MenuItem key={view.id} onSelect={() => onShow(fromText(view.search))}>
                <span className="min-w-0 break-words">{view.name}</span>
              </MenuItem>
            ))}
            <DropdownMenu.Separator className="my-1.5 border-t border-line" />
            <MenuItem onSelect={() => setDialog('save')}>{t('views.save')}</MenuItem>
            {mine.length > 0 && <MenuItem onSelect={() => setDialog('delete')}>{t('views.manage')}</MenuItem>}
          </DropdownMenu.Content>
        </DropdownMenu.Portal>
      </DropdownMenu.Root>
      {dialog === 'save' && (
        <SaveView page={PAGE} text={toText(search)} views={mine} onClose={() => setDialog(null)} />
      )}
      {dialog === 'delete' && <ManageViews views={mine} onClose={() => setDialog(null)} />}
    </>
  );
}
