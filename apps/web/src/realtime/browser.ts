import type { Browser, PageLife, Post } from '@almenara/client/shared';

/** Null where tabs cannot find each other: Web Locks exist only in secure contexts, that is https or localhost. */
export function thisBrowser(): Browser | null {
  if (typeof navigator === 'undefined' || typeof document === 'undefined') return null;
  if (!('locks' in navigator) || typeof BroadcastChannel === 'undefined') return null;
  const { locks } = navigator;
  return {
    locks: { request: (name, options, held) => locks.request(name, options, held) },
    openPost: broadcastPost,
    page: documentLife,
  };
}

function broadcastPost(name: string): Post {
  const channel = new BroadcastChannel(name);
  return {
    send: (message) => channel.postMessage(message),
    listen: (listener) => {
      channel.onmessage = ({ data }) => listener(data);
    },
    close: () => channel.close(),
  };
}

const documentLife: PageLife = {
  get visible() {
    return document.visibilityState === 'visible';
  },
  listen: (listener) => {
    const listening = new AbortController();
    const { signal } = listening;
    const seen = (): void => listener(document.visibilityState === 'visible' ? 'visible' : 'hidden');
    document.addEventListener('visibilitychange', seen, { signal });
    document.addEventListener('freeze', () => listener('freezing'), { signal });
    document.addEventListener('resume', () => listener('thawed'), { signal });
    // Somebody may turn to a window that was beside another one all the time, so its visibility does not
    // change.
    window.addEventListener('focus', seen, { signal });
    // The browser may keep a page that was left by a link, to show it again when somebody goes back.
    window.addEventListener('pagehide', ({ persisted }) => persisted && listener('freezing'), { signal });
    window.addEventListener('pageshow', ({ persisted }) => persisted && listener('thawed'), { signal });
    return () => listening.abort();
  },
};
