import type { ServerToClientEvents } from '@almenara/events';
import { connectionRoom, type DeskNamespace, userRoom } from './types.ts';

/** Whom a message is for. Rooms are topics' names. */
export type Target =
  | 'all'
  | { readonly connection: string }
  | { readonly user: string }
  | { readonly room: string }
  | { readonly allBut: string };

/**
 * The one way to reach connections with anything but a topic's events. Nothing here is stored or sent again. Socket.IO's
 * own `volatile` stays off: it drops the second message of a turn, also for readers that keep up.
 */
export interface Reach {
  send<E extends keyof ServerToClientEvents>(
    target: Target,
    event: E,
    ...payload: Parameters<ServerToClientEvents[E]>
  ): void;
}

export function reachThrough(namespace: DeskNamespace): Reach {
  const operator = (target: Target) => {
    if (target === 'all') return namespace.local;
    if ('connection' in target) return namespace.local.to(connectionRoom(target.connection));
    if ('user' in target) return namespace.local.to(userRoom(target.user));
    if ('room' in target) return namespace.local.to(target.room);
    return namespace.local.except(connectionRoom(target.allBut));
  };
  return {
    send: (target, event, ...payload) => {
      operator(target).emit(event, ...payload);
    },
  };
}
