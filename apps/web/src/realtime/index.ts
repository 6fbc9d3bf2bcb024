export { ConnectionStatus } from './connection-status.tsx';
export { useRealtime, useWebSocketContext } from './context.ts';
export { toastLimit } from './toast-limit.ts';
export { type CommandResult, useCommand } from './use-command.ts';
export { useTopic, useTopicPart, useTopics } from './use-topic.ts';
export { useWebSocket } from './use-websocket.ts';
export { WebSocketProvider } from './websocket-provider.tsx';
