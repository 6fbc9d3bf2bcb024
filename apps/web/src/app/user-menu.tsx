import { useNavigate, useRouteContext } from '@tanstack/react-router';
import { Check, LogOut, Settings } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { signOut } from '../http/account.ts';
import { chooseLanguage, LANGUAGES } from '../i18n/i18n.ts';
import { useMe, useRole } from '../people/me.ts';
import { chooseTheme, THEMES, theme } from '../settings/theme.ts';
import { MenuItem, menuItem, menuPanel } from '../ui/menu.tsx';

const initials = (name: string): string =>
  name
    .split(/\s+/)
    .map((word) => word[0] ?? '')
    .slice(0, 2)
    .join('')
    .toUpperCase();

export function UserMenu() {
  const { t, i18n } = useTranslation();
  const me = useMe();
  const role = useRole();
  const chosen = useStore(theme);
  const leave = useSignOut();
  const navigate = useNavigate();
  return (
    <DropdownMenu.Root>
      <DropdownMenu.Trigger
        aria-label={t('user.menu', { name: me.name })}
        className="control-square grid shrink-0 place-items-center rounded-full"
      >
        <span
          aria-hidden
          data-initials={initials(me.name)}
          className="grid size-9 place-items-center rounded-full bg-night text-sm font-semibold text-night-ink before:content-[attr(data-initials)]"
        />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content align="end" sideOffset={6} className={menuPanel}>
          <div className="max-w-64 px-3 py-2">
            <p className="truncate font-semibold">{me.name}</p>
            <p className="truncate text-sm text-soft">{me.email}</p>
            <p className="text-sm text-soft">{t(`role.${role}`)}</p>
          </div>
          <Choices label={t('user.theme')} value={chosen}>
            {THEMES.map((option) => (
              <Choice key={option} value={option} onSelect={() => chooseTheme(option)}>
                {t(`theme.${option}`)}
              </Choice>
            ))}
          </Choices>
          <Choices label={t('user.language')} value={i18n.language}>
            {LANGUAGES.map((option) => (
              <Choice key={option} value={option} onSelect={() => void chooseLanguage(option)}>
                <span lang={option}>{t(`language.${option}`)}</span>
              </Choice>
            ))}
          </Choices>
          <DropdownMenu.Separator className="my-1 h-px bg-line" />
          <MenuItem
            icon={<Settings aria-hidden className="size-4" />}
            onSelect={() => void navigate({ to: '/settings' })}
          >
            {t('user.settings')}
          </MenuItem>
          <MenuItem icon={<LogOut aria-hidden className="size-4" />} onSelect={() => void leave()}>
            {t('user.sign_out')}
          </MenuItem>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

function Choices({ label, value, children }: { label: string; value: string; children: ReactNode }) {
  return (
    <>
      <DropdownMenu.Separator className="my-1 h-px bg-line" />
      <DropdownMenu.RadioGroup value={value} aria-label={label}>
        <DropdownMenu.Label className="px-3 pt-1 text-sm font-medium text-soft">{label}</DropdownMenu.Label>
        {children}
      </DropdownMenu.RadioGroup>
    </>
  );
}

function Choice({ value, onSelect, children }: { value: string; onSelect: () => void; children: ReactNode }) {
  return (
    <DropdownMenu.RadioItem value={value} onSelect={onSelect} className={menuItem}>
      <span className="w-4">
        <DropdownMenu.ItemIndicator>
          <Check aria-hidden className="size-4" />
        </DropdownMenu.ItemIndicator>
      </span>
      {children}
    </DropdownMenu.RadioItem>
  );
}

function useSignOut() {
  const { accounts } = useRouteContext({ from: '/desk' });
  const navigate = useNavigate();
  return async (): Promise<void> => {
    await signOut();
    accounts.forget();
    await navigate({ to: '/sign-in' });
  };
}
