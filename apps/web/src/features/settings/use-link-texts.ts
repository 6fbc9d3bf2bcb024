import { useFormats } from '../../i18n/format.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import type { MadeLink } from './made-link.ts';

/** What a dialog says of a link that was just made. There is no SMTP yet: whoever invites passes it on. */
export function useLinkTexts(): (link: MadeLink) => { title: string; description: string } {
  const { t } = useTranslation();
  const formats = useFormats();
  return ({ invitation: { name, email, expiresAt } }) => ({
    title: t('people.link_title', { name }),
    description: t('people.link_text', { email, until: formats.dateTime(expiresAt) }),
  });
}
