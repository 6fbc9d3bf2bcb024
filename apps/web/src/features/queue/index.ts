export { QueueButton } from './queue-button.tsx';
