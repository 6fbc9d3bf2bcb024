export { ConnectionStatus } from './connection-status.tsx';
export { useRealtime, useWebSocketContext, type WebSocketContext } from './context.ts';
export { createRealtime, type Realtime } from './realtime.ts';
export { toastLimit } from './toast-limit.ts';
export type { TopicState } from './topic-stores.ts';
export { type CommandCall, useCommand } from './use-command.ts';
export { useTopic, useTopicPart, useTopics } from './use-topic.ts';
export { useWebSocket } from './use-websocket.ts';
export { WebSocketProvider } from './websocket-provider.tsx';
