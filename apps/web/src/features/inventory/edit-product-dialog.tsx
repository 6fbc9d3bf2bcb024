import type { Money, Product } from '@almenara/events';
import { useState } from 'react';
import { useProductsOf } from '../../catalogue/use-asked-products.ts';
import { CommandDialog } from '../../forms/command-dialog.tsx';
import { useCommandForm } from '../../forms/use-command-form.ts';
import { isFields } from '../../http/shape.ts';
import { parseAmount, useFormats } from '../../i18n/format.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { Alert } from '../../ui/alert.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { toast } from '../../ui/toast.ts';
import type { StockProduct } from './stock-row.ts';
import { StockedField } from './stocked-field.tsx';

const FIELDS = ['sku', 'name', 'barcode', 'price'] as const;
type FieldName = (typeof FIELDS)[number];

interface EditProductDialogProps {
  readonly product: StockProduct;
  readonly onClose: () => void;
}

/** Opens once the whole product has been loaded: the list knows only its code and name. */
export function EditProductDialog({ product: { id }, onClose }: EditProductDialogProps) {
  const product = useProductsOf([id]).get(id);
  return product && <EditProduct live={product} onClose={onClose} />;
}

/** Only what was touched is sent; the rest follows whoever else changes the product meanwhile. */
function EditProduct({ live, onClose }: { live: Product; onClose: () => void }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const form = useCommandForm('update_product');
  const [atFirst] = useState(live);
  const [touched, setTouched] = useState<Partial<Record<FieldName, string>>>({});
  const [stocked, setStocked] = useState<boolean | null>(null);
  const textOf = (product: Product): Record<FieldName, string> => ({
    sku: product.sku,
    name: product.name,
    barcode: product.barcode ?? '',
    price: formats.amount(product.unitPrice),
  });
  const now = textOf(live);
  const before = textOf(atFirst);
  const theirs = FIELDS.filter((field) => touched[field] !== undefined && now[field] !== before[field]);
  const value = (field: FieldName): string => touched[field] ?? now[field];
  const set = (field: FieldName) => (text: string) => setTouched({ ...touched, [field]: text });
  const price = (text: string): Money => {
    const { currency } = live.unitPrice;
    return { amount: parseAmount(text, currency) ?? Number.NaN, currency };
  };
  const submit = async (): Promise<void> => {
    const { sku, name, barcode } = touched;
    const result = await form.submit({
      productId: live.id,
      expectedVersion: live.version,
      ...(sku !== undefined && { sku }),
      ...(name !== undefined && { name }),
      ...(barcode !== undefined && { barcode: barcode.trim() === '' ? null : barcode }),
      ...(touched.price !== undefined && { unitPrice: price(touched.price) }),
      ...(stocked !== null && { stocked }),
    });
    if (!result) return;
    if (result.kind === 'done')
      toast.success(t('inventory.done.update_product', { name: result.output.product.name }));
    onClose();
  };
  const current = form.error?.details?.current;
  const isDepended = isFields(current) && current.dependants !== undefined;
  const duplicate = form.error?.code === 'conflict' && !isDepended && live.version === atFirst.version;
  return (
    <CommandDialog
      title={t('inventory.edit_product')}
      description={`${live.name} · ${live.sku}`}
      submit={t('action.save')}
      form={form}
      errorText={
        isDepended ? t('inventory.stocked_settled') : duplicate ? t('inventory.duplicate_product') : undefined
      }
      onSubmit={() => void submit()}
      onClose={onClose}
    >
      {theirs.length > 0 && (
        <Alert tone="warn" title={t('inventory.changed_title')}>
          <ul>
            {theirs.map((field) => (
              <li key={field}>
                {t(`inventory.${field}`)}: {before[field] || '–'} → {now[field] || '–'}
              </li>
            ))}
          </ul>
        </Alert>
      )}
      <TextField
        label={t('inventory.name')}
        autoFocus
        value={value('name')}
        onChange={set('name')}
        error={form.errors.name}
      />
      <TextField
        label={t('inventory.sku')}
        value={value('sku')}
        onChange={set('sku')}
        error={form.errors.sku}
      />
      <TextField
        label={t('inventory.barcode')}
        optional
        value={value('barcode')}
        onChange={set('barcode')}
        error={form.errors.barcode}
      />
      <TextField
        label={`${t('inventory.price')} (${live.unitPrice.currency})`}
        inputMode="decimal"
        value={value('price')}
        onChange={set('price')}
        error={form.errors['unitPrice.amount'] === undefined ? undefined : t('field.money')}
      />
      <StockedField checked={stocked ?? live.stocked} onChange={setStocked} />
    </CommandDialog>
  );
}
