import type { Browser, PageLife, Post } from '@almenara/client';

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
    const seen = (): void => listener(document.visibilityState === 'visible' ? 'visible' : 'hidden');
    const freezing = (): void => listener('freezing');
    const thawed = (): void => listener('thawed');
    document.addEventListener('visibilitychange', seen);
    document.addEventListener('freeze', freezing);
    document.addEventListener('resume', thawed);
    return () => {
      document.removeEventListener('visibilitychange', seen);
      document.removeEventListener('freeze', freezing);
      document.removeEventListener('resume', thawed);
    };
  },
};
