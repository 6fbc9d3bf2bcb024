/** `back`: the network or the page is there again. `doubtful`: the network says that it went. */
export type Wakeup = 'back' | 'doubtful';
/** Tells of wakeups until the returned function is called. */
export type Wakeups = (tell: (wakeup: Wakeup) => void) => () => void;

/** What a page's global object has and Node's has not. */
interface Page {
  addEventListener(type: string, listener: () => void): void;
  removeEventListener(type: string, listener: () => void): void;
  readonly document?: { readonly visibilityState: string };
}

const isPage = (scope: object): scope is Page =>
  'addEventListener' in scope && typeof scope.addEventListener === 'function';

/** Timers sleep in a hidden tab and a closed laptop; these events come when they wake. */
export const pageWakeups: Wakeups = (tell) => {
  const page: object = globalThis;
  if (!isPage(page)) return () => {};
  const back = (): void => tell('back');
  const gone = (): void => tell('doubtful');
  const seen = (): void => {
    if (page.document?.visibilityState === 'visible') back();
  };
  page.addEventListener('online', back);
  page.addEventListener('offline', gone);
  page.addEventListener('visibilitychange', seen);
  return () => {
    page.removeEventListener('online', back);
    page.removeEventListener('offline', gone);
    page.removeEventListener('visibilitychange', seen);
  };
};
