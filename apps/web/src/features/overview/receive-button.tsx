import { useState } from 'react';
import { useProductsOf } from '../../catalogue/use-asked-products.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { useCanWrite } from '../../people/me.ts';
import { Button } from '../../ui/button.tsx';
import { ReceiveDialog } from '../inventory/index.ts';

/** Goods have come: the way to say so where they are missed. */
export function ReceiveButton({ productId, zone }: { productId: string; zone: string | null }) {
  const { t } = useTranslation();
  const canWrite = useCanWrite();
  const product = useProductsOf([productId]).get(productId);
  const [open, setOpen] = useState(false);
  if (!canWrite || !product?.stocked) return null;
  return (
    <>
      <Button
        className="shrink-0"
        aria-label={t('overview.receive_of', { product: product.name })}
        onClick={() => setOpen(true)}
      >
        {t('overview.receive')}
      </Button>
      {open && <ReceiveDialog product={product} zone={zone} onClose={() => setOpen(false)} />}
    </>
  );
}
