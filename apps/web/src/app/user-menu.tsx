import { useTranslation } from '../i18n/use-translation.ts';
import { useMe } from '../people/me.ts';
import { lazyPart } from '../ui/lazy-part.tsx';
import { MenuButton } from '../ui/menu-button.tsx';

const UserMenuPanel = lazyPart(async () => (await import('./user-menu-panel.tsx')).UserMenuPanel);

const initials = (name: string): string =>
  name
    .split(/\s+/)
    .map(([first = '']) => first)
    .slice(0, 2)
    .join('')
    .toUpperCase();

export function UserMenu() {
  const { t } = useTranslation();
  const me = useMe();
  return (
    <MenuButton
      label={t('user.menu', { name: me.name })}
      className="control-square grid shrink-0 place-items-center rounded-full"
      Panel={UserMenuPanel}
    >
      <span
        aria-hidden
        data-initials={initials(me.name)}
        className="grid size-9 place-items-center rounded-full bg-night text-sm font-semibold text-night-ink before:content-[attr(data-initials)]"
      />
    </MenuButton>
  );
}
