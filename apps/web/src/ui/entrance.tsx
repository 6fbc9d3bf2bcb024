import { type ReactNode, useEffect } from 'react';
import { chooseLanguage, LANGUAGES } from '../i18n/i18n.ts';
import { useTranslation } from '../i18n/use-translation.ts';
import { Brand } from './brand.tsx';

/** The page before the desk: sign-in and first run. */
export function Entrance({ title, lead, children }: { title: string; lead: string; children: ReactNode }) {
  const { t, language: read } = useTranslation();
  useEffect(() => {
    document.title = `${title} · Almenara`;
  }, [title]);
  return (
    <main className="grid min-h-dvh max-lg:grid-rows-[auto_1fr] lg:grid-cols-[minmax(22rem,2fr)_3fr]">
      <div className="relative flex flex-col justify-between overflow-hidden bg-night p-6 text-night-ink lg:p-12">
        <div className="flex items-center gap-3">
          <Brand className="size-9" />
          <span className="text-xl font-semibold tracking-tight">{t('app.name')}</span>
        </div>
        <p className="mt-4 max-w-sm text-lg leading-snug text-night-soft lg:mt-0 lg:text-2xl">
          {t('sign_in.lead')}
        </p>
        <BeaconChain />
      </div>
      <div className="flex flex-col items-center gap-8 px-4 py-8 lg:justify-center lg:py-10">
        <div className="w-full max-w-sm">
          <h1 className="text-2xl font-semibold tracking-tight break-words">{title}</h1>
          {lead !== '' && <p className="mt-1.5 break-words text-soft">{lead}</p>}
          <div className="mt-6">{children}</div>
        </div>
        <div className="flex gap-1">
          {LANGUAGES.map((language) => (
            <button
              key={language}
              type="button"
              lang={language}
              aria-pressed={language === read}
              onClick={() => void chooseLanguage(language)}
              className="control rounded-lg px-3 text-soft hover:text-ink aria-pressed:font-semibold aria-pressed:text-ink"
            >
              {t(`language.${language}`)}
            </button>
          ))}
        </div>
      </div>
    </main>
  );
}

/** Towers on a ridge, each passing the light on. */
function BeaconChain() {
  return (
    <svg
      viewBox="0 0 400 90"
      aria-hidden="true"
      className="mt-8 hidden w-full max-w-md text-night-soft lg:block"
    >
      <path d="M0 82c60-18 90-26 130-22s70 18 110 12 90-30 160-34v52H0z" fill="currentColor" opacity="0.14" />
      {[
        [60, 52, 1],
        [190, 44, 0.8],
        [350, 18, 0.62],
      ].map(([x = 0, y = 0, scale = 1]) => (
        <g key={x} transform={`translate(${x} ${y}) scale(${scale})`}>
          <path d="M-6 0H6l2 22H-8z" fill="currentColor" opacity="0.5" />
          <circle cy="-7" r="5" fill="#f5a62b" />
          <circle cy="-7" r="13" fill="#f5a62b" opacity="0.16" />
        </g>
      ))}
      <path
        d="M73 45 178 38M200 36 342 14"
        stroke="#f5a62b"
        strokeWidth="1"
        strokeDasharray="2 7"
        opacity="0.7"
      />
    </svg>
  );
}
