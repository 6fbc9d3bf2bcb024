import { createContext, type ReactNode, use, useState } from 'react';
import { lazyPart } from '../../ui/lazy-part.tsx';
import type { StockTask } from './stock-task.ts';

const StockDialog = lazyPart(async () => (await import('./stock-dialog.tsx')).StockDialog);
const Begin = createContext<(task: StockTask) => void>(() => {});

/** Opens a dialog about a product in a zone. */
export const useStockTask = (): ((task: StockTask) => void) => use(Begin);

/** The dialogs stand beside the list, not in its rows: a row may leave while one is open. */
export function StockDialogs({ children }: { children: ReactNode }) {
  const [task, setTask] = useState<StockTask | null>(null);
  return (
    <Begin value={setTask}>
      {children}
      {task && <StockDialog {...task} onClose={() => setTask(null)} />}
    </Begin>
  );
}
