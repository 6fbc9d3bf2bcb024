import { AdjustDialog } from './adjust-dialog.tsx';
import { EditProductDialog } from './edit-product-dialog.tsx';
import { ReceiveDialog } from './receive-dialog.tsx';
import { ReorderPointDialog } from './reorder-point-dialog.tsx';
import type { StockAction, StockTask } from './stock-task.ts';
import { TransferDialog } from './transfer-dialog.tsx';

type Dialogs = {
  [A in StockAction]: (props: Omit<StockTask, 'action'> & { onClose: () => void }) => React.ReactNode;
};

const DIALOGS: Dialogs = {
  receive: ReceiveDialog,
  adjust: AdjustDialog,
  transfer: TransferDialog,
  set_reorder_point: ReorderPointDialog,
  edit_product: EditProductDialog,
};

/** The dialog of a task. */
export function StockDialog({ action, ...about }: StockTask & { onClose: () => void }) {
  const Dialog = DIALOGS[action];
  return <Dialog {...about} />;
}
