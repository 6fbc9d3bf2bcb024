import type { ClientToServerEvents, ServerToClientEvents } from '@almenara/events';
import type { DefaultEventsMap, Namespace, Server, Socket } from 'socket.io';
import type { Principal } from '../auth/principal.ts';

interface SocketData {
  principal: Principal;
  clientId: string;
}

export type DeskServer = Server<ClientToServerEvents, ServerToClientEvents, DefaultEventsMap, SocketData>;
export type DeskNamespace = Namespace<
  ClientToServerEvents,
  ServerToClientEvents,
  DefaultEventsMap,
  SocketData
>;
export type DeskSocket = Socket<ClientToServerEvents, ServerToClientEvents, DefaultEventsMap, SocketData>;

/** Rooms that are no topics begin with `#`, which no topic name does. */
export const connectionRoom = (connectionId: string): string => `#connection:${connectionId}`;
export const userRoom = (userId: string): string => `#user:${userId}`;
export const isTopicRoom = (room: string): boolean => !room.startsWith('#');
