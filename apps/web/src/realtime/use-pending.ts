import { subjectOf } from '@almenara/client/queue';
import { useStore } from 'zustand';
import { useRealtime } from './context.ts';

/** Whether a command about this order, client or other thing has not been done yet. */
export const useIsPending = (id: string): boolean =>
  useStore(useRealtime().pending, (commands) => commands.some((command) => subjectOf(command) === id));
