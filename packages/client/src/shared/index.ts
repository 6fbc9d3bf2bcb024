export { thisBrowser } from './browser.ts';
export type { Browser } from './ports.ts';
export { SharedConnection } from './shared-connection.ts';
