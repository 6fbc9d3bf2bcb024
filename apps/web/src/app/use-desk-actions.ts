import { useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { chooseLanguage, LANGUAGES } from '../i18n/i18n.ts';
import { useTranslation } from '../i18n/use-translation.ts';
import { type Action, useActions } from '../palette/actions.ts';
import { openOverlay } from '../palette/desk-overlay.ts';
import { useCanWrite, useRole } from '../people/me.ts';
import { chooseTheme, THEMES } from '../settings/theme.ts';
import { pagesFor } from './pages.ts';
import { useLeave } from './use-leave.ts';

/** Offers what can be done on every page. */
export function useDeskActions(): void {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const role = useRole();
  const canWrite = useCanWrite();
  const leave = useLeave();
  const actions = useMemo((): Action[] => {
    const pages = pagesFor(role).map(
      ({ to, name, keys, icon }): Action => ({
        id: `go-${name}`,
        group: 'page',
        label: t(`nav.${name}`),
        keys,
        icon,
        run: () => void navigate({ to }),
      }),
    );
    const action = (id: string, label: string, run: () => void, keys?: string): Action => ({
      id,
      group: 'action',
      label,
      run,
      ...(keys !== undefined && { keys }),
    });
    const writing = [
      action('new-order', t('orders.new'), () => openOverlay('new_order'), 'n'),
      action('receive', t('inventory.receive'), () => openOverlay('receive'), 'r'),
      action('new-client', t('clients.new'), () => openOverlay('new_client')),
    ];
    return [
      ...pages,
      ...(canWrite ? writing : []),
      action('search', t('palette.search_here'), focusSearch, '/'),
      action('help', t('palette.keys_title'), () => openOverlay('help'), '?'),
      ...THEMES.map((theme) =>
        action(`theme-${theme}`, `${t('user.theme')}: ${t(`theme.${theme}`)}`, () => chooseTheme(theme)),
      ),
      ...LANGUAGES.map((language) =>
        action(
          `language-${language}`,
          `${t('user.language')}: ${t(`language.${language}`)}`,
          () => void chooseLanguage(language),
        ),
      ),
      action('sign-out', t('user.sign_out'), leave),
    ];
  }, [t, navigate, role, canWrite, leave]);
  useActions(actions);
}

/** The page's own search, or else the one of everything. */
function focusSearch(): void {
  const field = document.querySelector<HTMLInputElement>('main input[type="search"]');
  if (field) field.focus();
  else openOverlay('palette');
}
