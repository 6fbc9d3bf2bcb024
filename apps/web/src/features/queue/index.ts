export { KeptNews } from './kept-news.tsx';
export { QueueButton } from './queue-button.tsx';
