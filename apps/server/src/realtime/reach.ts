import type { Namespace, ServerToClientEvents } from '@almenara/events';
import { connectionRoom, type DeskServer, userRoom } from './types.ts';

/** Whom a message is for. Rooms are topics' names. */
export type Target =
  | 'all'
  | { readonly connection: string }
  | { readonly user: string }
  | { readonly room: string }
  | { readonly allBut: string };

/**
 * The one way to reach connections with anything but a topic's events, in any namespace. Nothing here is stored or sent
 * again. Socket.IO's own `volatile` stays off: it drops the second message of a turn, also for readers that keep up.
 */
export interface Reach {
  send<E extends keyof ServerToClientEvents>(
    namespace: Namespace,
    target: Target,
    event: E,
    ...payload: Parameters<ServerToClientEvents[E]>
  ): void;
}

export function reachThrough(io: DeskServer): Reach {
  const operator = (namespace: Namespace, target: Target) => {
    const { local } = io.of(namespace);
    if (target === 'all') return local;
    if ('connection' in target) return local.to(connectionRoom(target.connection));
    if ('user' in target) return local.to(userRoom(target.user));
    if ('room' in target) return local.to(target.room);
    return local.except(connectionRoom(target.allBut));
  };
  return {
    send: (namespace, target, event, ...payload) => {
      operator(namespace, target).emit(event, ...payload);
    },
  };
}
