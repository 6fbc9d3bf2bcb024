import { useStore } from 'zustand';
import { useRealtime } from './context.ts';

/** Whether a command about this order or client has not been done yet; what is about an order may name a client, too. */
export const useIsPending = (field: 'orderId' | 'clientId', id: string): boolean =>
  useStore(useRealtime().pending, (commands) =>
    commands.some(
      ({ input }) => input[field] === id && (field === 'orderId' || typeof input.orderId !== 'string'),
    ),
  );
