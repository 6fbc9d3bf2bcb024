import { useStore } from 'zustand';
import { useRealtime } from './context.ts';

/** Whether a command about this order, client or other thing has not been done yet. */
export const useIsPending = (field: 'orderId' | 'clientId' | 'productId', id: string): boolean =>
  useStore(useRealtime().pending, (commands) => commands.some(({ input }) => input[field] === id));
