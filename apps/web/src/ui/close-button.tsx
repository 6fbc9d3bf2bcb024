import { X } from 'lucide-react';
import { Dialog as Radix } from 'radix-ui';
import { useTranslation } from '../i18n/use-translation.ts';
import { IconButton } from './button.tsx';

/** Closes the dialog or drawer that it stands in. */
export function CloseButton() {
  const { t } = useTranslation();
  return (
    <Radix.Close asChild>
      <IconButton label={t('action.close')}>
        <X aria-hidden className="size-5" />
      </IconButton>
    </Radix.Close>
  );
}
