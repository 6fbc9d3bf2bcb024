import { useNavigate } from '@tanstack/react-router';
import { Keyboard, LogOut, Settings } from 'lucide-react';
import { useStore } from 'zustand';
import { chooseLanguage, LANGUAGES } from '../i18n/i18n.ts';
import { useTranslation } from '../i18n/use-translation.ts';
import { openOverlay } from '../palette/desk-overlay.ts';
import { shortcutsOn, switchShortcuts } from '../palette/shortcuts.ts';
import { useMe, useRole } from '../people/me.ts';
import { chooseTheme, THEMES, theme } from '../settings/theme.ts';
import type { PanelProps } from '../ui/menu-button.tsx';
import { MenuPanel } from '../ui/menu-panel.tsx';
import { useLeave } from './use-leave.ts';

/** The open menu of the user. */
export function UserMenuPanel(props: PanelProps) {
  const { t, language } = useTranslation();
  const me = useMe();
  const role = useRole();
  const chosen = useStore(theme);
  const keysOn = useStore(shortcutsOn);
  const navigate = useNavigate();
  const leave = useLeave();
  return (
    <MenuPanel
      {...props}
      entries={[
        {
          kind: 'text',
          id: 'me',
          content: (
            <>
              <p className="truncate font-semibold">{me.name}</p>
              <p className="truncate text-sm text-soft">{me.email}</p>
              <p className="text-sm text-soft">{t(`role.${role}`)}</p>
            </>
          ),
        },
        { kind: 'line', id: 'after-me' },
        {
          kind: 'choice',
          id: 'theme',
          label: t('user.theme'),
          value: chosen,
          options: THEMES.map((value) => ({ value, label: t(`theme.${value}`) })),
          onChoose: (value) => THEMES.filter((one) => one === value).forEach(chooseTheme),
        },
        { kind: 'line', id: 'after-theme' },
        {
          kind: 'choice',
          id: 'language',
          label: t('user.language'),
          value: language,
          options: LANGUAGES.map((value) => ({ value, label: t(`language.${value}`), lang: value })),
          onChoose: (value) =>
            LANGUAGES.filter((one) => one === value).forEach((one) => void chooseLanguage(one)),
        },
        { kind: 'line', id: 'after-language' },
        {
          kind: 'switch',
          id: 'shortcuts',
          label: t('palette.keys_on'),
          on: keysOn,
          onSwitch: switchShortcuts,
        },
        {
          kind: 'action',
          id: 'help',
          label: t('palette.keys_title'),
          icon: <Keyboard aria-hidden className="size-4" />,
          keys: keysOn ? '?' : undefined,
          onSelect: () => openOverlay('help'),
        },
        { kind: 'line', id: 'after-keys' },
        {
          kind: 'action',
          id: 'settings',
          label: t('user.settings'),
          icon: <Settings aria-hidden className="size-4" />,
          onSelect: () => void navigate({ to: '/settings' }),
        },
        {
          kind: 'action',
          id: 'sign-out',
          label: t('user.sign_out'),
          icon: <LogOut aria-hidden className="size-4" />,
          onSelect: leave,
        },
      ]}
    />
  );
}
