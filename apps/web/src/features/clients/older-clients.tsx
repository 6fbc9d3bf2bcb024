import type { Client } from '@almenara/events';
import { useEffect, useState } from 'react';
import { Problem } from '../../http/problem.ts';
import { useProblemText } from '../../http/problem-text.ts';
import { query } from '../../http/request.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { Alert } from '../../ui/alert.tsx';
import { Button } from '../../ui/button.tsx';
import { ClientTable } from './client-table.tsx';

interface OlderClientsProps {
  readonly search: string;
  readonly all: boolean;
  /** What the live list shows already. */
  readonly shown: ReadonlySet<string>;
}

interface Pages {
  readonly clients: readonly Client[];
  readonly next: string | null;
}

const TYPING_MS = 300;

/** The live list holds the clients changed last; a search goes on among the others on the server. */
export function OlderClients({ search, all, shown }: OlderClientsProps) {
  const { t } = useTranslation();
  const problemText = useProblemText();
  const [pages, setPages] = useState<Pages | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const failed = (error: unknown): void => {
    if (error instanceof Problem) setProblem(error);
  };
  const params = { ...(search !== '' && { q: search }), all: String(all), limit: 100 };
  useEffect(() => {
    const leaving = new AbortController();
    const asked = { ...(search !== '' && { q: search }), all: String(all), limit: 100 };
    const timer = setTimeout(() => {
      query('list_clients', asked, leaving.signal).then(({ items, nextCursor }) => {
        setProblem(null);
        setPages({ clients: items, next: nextCursor });
      }, failed);
    }, TYPING_MS);
    return () => {
      clearTimeout(timer);
      leaving.abort();
    };
  }, [search, all]);
  const more = (before: Pages): void => {
    query('list_clients', { ...params, cursor: before.next ?? undefined }).then(
      ({ items, nextCursor }) => setPages({ clients: [...before.clients, ...items], next: nextCursor }),
      failed,
    );
  };
  if (problem) return <Alert tone="bad">{problemText(problem)}</Alert>;
  if (pages === null) return null;
  const others = pages.clients.filter(({ id }) => !shown.has(id));
  if (others.length === 0 && pages.next === null) return null;
  return (
    <section aria-label={t('clients.older')} className="flex flex-col gap-2">
      <h2 className="font-semibold">{t('clients.older')}</h2>
      {others.length > 0 && <ClientTable clients={others} />}
      {pages.next !== null && (
        <Button className="self-center" onClick={() => more(pages)}>
          {t('action.more')}
        </Button>
      )}
    </section>
  );
}
