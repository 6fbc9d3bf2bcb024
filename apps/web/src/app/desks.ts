import type { Desk } from '../realtime/open-desk.ts';

/** The desk of whoever is signed in: opened once, and again only for somebody else. */
export interface Desks {
  open(user: string): Promise<Desk>;
  /** At the sign-out: what was kept of the user in this browser goes, but for commands that have not been sent. */
  forget(): Promise<void>;
}

export function createDesks(): Desks {
  let opened: { readonly user: string; readonly desk: Promise<Desk> } | null = null;
  return {
    open: (user) => {
      if (opened?.user === user) return opened.desk;
      const opening = { user, desk: openLazily(user) };
      opened = opening;
      // The code of the desk did not load. The next call tries again instead of failing with it for good.
      opening.desk.catch(() => {
        if (opened === opening) opened = null;
      });
      return opening.desk;
    },
    forget: async () => {
      const last = opened;
      opened = null;
      await (await last?.desk)?.forget();
    },
  };
}

/** Loaded on demand: the sign-in page needs none of the live connection. */
async function openLazily(user: string): Promise<Desk> {
  const { openDesk } = await import('../realtime/open-desk.ts');
  return openDesk(user, async () => (await import('./overlays.ts')).overlays);
}
