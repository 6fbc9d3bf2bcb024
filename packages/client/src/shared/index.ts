export { Leadership } from './leadership.ts';
export type { Browser, PageLife, Post } from './ports.ts';
export { SharedConnection } from './shared-connection.ts';
