import { useTranslation } from '../../i18n/use-translation.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { linkOf, type MadeLink } from './made-link.ts';
import { SecretForm } from './secret-form.tsx';
import { useLinkTexts } from './use-link-texts.ts';

/** A new link for who has been invited already. */
export function LinkDialog({ link, onClose }: { link: MadeLink; onClose: () => void }) {
  const { t } = useTranslation();
  const linkTexts = useLinkTexts();
  return (
    <Dialog {...linkTexts(link)} onClose={onClose}>
      <SecretForm
        label={t('people.link')}
        value={linkOf(link)}
        done={t('people.link_done')}
        onDone={onClose}
      />
    </Dialog>
  );
}
