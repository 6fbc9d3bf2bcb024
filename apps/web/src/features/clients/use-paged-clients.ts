import type { Client } from '@almenara/events';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { query } from '../../http/request.ts';
import { useRealtime } from '../../realtime/index.ts';
import { type ClientPages, mergedClients } from './client-pages.ts';

const PAGE = 100;
const TYPING_MS = 300;

interface Told extends ClientPages {
  readonly key: string;
  readonly total: number;
  readonly isAtLeast: boolean;
}

export interface PagedClients {
  /** Null until the server has told them. */
  readonly clients: readonly Client[] | null;
  readonly total: number;
  /** They were counted no further. */
  readonly isAtLeast: boolean;
  readonly problem: unknown;
  /** Asks for more; null where there are no more. */
  readonly more: (() => void) | null;
}

/** All clients that fit, by name, page by page from the server, with what happens meanwhile; nothing is asked where `on` is false. */
export function usePagedClients(
  on: boolean,
  { q, all }: { q: string; all: boolean },
  live: readonly Client[],
  fits: (client: Client) => boolean,
): PagedClients {
  const [told, setTold] = useState<Told | null>(null);
  const [problem, setProblem] = useState<unknown>(null);
  const [pending, setPending] = useState(false);
  // What happened while there was no connection is read again.
  const connectionId = useStore(useRealtime().session, (session) => session?.connectionId);
  const key = JSON.stringify([q, all]);
  const params = { ...(q !== '' && { q }), all: String(all), limit: PAGE };
  const asking = useRef(new AbortController());
  const ask = (before: Told | null): void => {
    asking.current.abort();
    asking.current = new AbortController();
    const { signal } = asking.current;
    setPending(true);
    const cursor = before?.next ?? undefined;
    query('list_clients', { ...params, ...(cursor && { cursor }) }, signal).then(
      ({ items, nextCursor, total, totalIsAtLeast = false }) => {
        setPending(false);
        setProblem(null);
        const clients = [...(before?.clients ?? []), ...items];
        setTold({ key, clients, next: nextCursor, total, isAtLeast: totalIsAtLeast });
      },
      (failure: unknown) => {
        if (signal.aborted) return;
        setPending(false);
        setProblem(failure);
      },
    );
  };
  const first = useRef(true);
  useEffect(() => {
    if (!on) return;
    const timer = setTimeout(() => ask(null), first.current ? 0 : TYPING_MS);
    first.current = false;
    return () => {
      clearTimeout(timer);
      asking.current.abort();
    };
  }, [on, key, connectionId]);
  const clients = useMemo(() => told && mergedClients(told, live, fits), [told, live, fits]);
  const current = told !== null && told.key === key ? told : null;
  return {
    clients,
    total: current?.total ?? 0,
    isAtLeast: current?.isAtLeast ?? false,
    problem,
    more: current?.next && !pending ? () => ask(current) : null,
  };
}
