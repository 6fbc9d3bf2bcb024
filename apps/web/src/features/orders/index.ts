export { isShort } from './board-columns.ts';
