import type { ReactNode } from 'react';

/** A part of a settings page with a heading of its own. */
export function Section({ title, lead, children }: { title: string; lead?: string; children: ReactNode }) {
  return (
    <section className="rounded-xl border border-line bg-surface p-4 lg:p-5">
      <h2 className="text-lg leading-tight font-semibold break-words">{title}</h2>
      {lead !== undefined && <p className="mt-1 text-soft">{lead}</p>}
      <div className="mt-4">{children}</div>
    </section>
  );
}
