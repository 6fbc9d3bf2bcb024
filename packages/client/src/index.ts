export type { Client, ClientOptions, ClientSignalType, Kept, KeptTopic, TopicHandle } from './api.ts';
export { createClient } from './client.ts';
export type { RunOptions } from './command-sender.ts';
export {
  type ConnectionState,
  isConnected,
  type LostReason,
  type OfflineReason,
} from './connection-state.ts';
export type { ResetInfo } from './dispatcher.ts';
export { CommandFailed, type Outcome } from './failure.ts';
export type { Credentials, CredentialsSource } from './namespace-socket.ts';
export type { Observable } from './observable.ts';
export type {
  Channel,
  ChannelEvent,
  HandshakeAuth,
  Transport,
  TransportFactory,
  TransportSetup,
} from './port.ts';
export { type Cancel, systemTimers, type Timers } from './timers.ts';
export type { TopicStatus } from './topic-status.ts';
export { socketIoTransport } from './transport.ts';
export { randomUuid } from './uuid.ts';
export { pageWakeups, type Wakeup, type Wakeups } from './wakeups.ts';
