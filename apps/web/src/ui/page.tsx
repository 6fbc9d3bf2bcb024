import { type ReactNode, useEffect } from 'react';

interface PageProps {
  readonly title: string;
  /** Buttons beside the title. */
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

export function Page({ title, actions, children }: PageProps) {
  useEffect(() => {
    document.title = `${title} · Almenara`;
  }, [title]);
  return (
    <div className="flex min-h-0 flex-1 flex-col gap-4 p-4 lg:p-6">
      <header className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <h1
          tabIndex={-1}
          className="min-w-0 outline-none text-2xl [overflow-wrap:anywhere] leading-tight font-semibold tracking-tight"
        >
          {title}
        </h1>
        {actions !== undefined && <div className="flex flex-wrap gap-2">{actions}</div>}
      </header>
      {children}
    </div>
  );
}
