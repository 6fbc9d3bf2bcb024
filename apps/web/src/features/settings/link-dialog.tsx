import { useTranslation } from 'react-i18next';
import { useFormats } from '../../i18n/format.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogForm } from '../../ui/dialog.tsx';
import { Secret } from '../../ui/secret.tsx';
import type { MadeLink } from './people-page.tsx';

/** The link, once. There is no SMTP yet: whoever invites passes it on. */
export function LinkDialog({ link, onClose }: { link: MadeLink; onClose: () => void }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { name, email, expiresAt } = link.invitation;
  return (
    <Dialog
      title={t('people.link_title', { name })}
      description={t('people.link_text', { email, until: formats.dateTime(expiresAt) })}
      onClose={onClose}
    >
      <DialogForm
        onSubmit={onClose}
        footer={
          <Button type="submit" look="primary">
            {t('people.link_done')}
          </Button>
        }
      >
        <Secret label={t('people.link')} value={`${window.location.origin}/invite/${link.token}`} />
      </DialogForm>
    </Dialog>
  );
}
