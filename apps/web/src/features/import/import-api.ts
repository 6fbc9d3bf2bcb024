import { cut, type ImportAnswer, type ImportList, type ImportSettings } from '@almenara/events';
import { answer, post, request } from '../../http/request.ts';
import { i18n, type Language } from '../../i18n/i18n.ts';

const path = (id: string, more = ''): string => `/api/imports/${encodeURIComponent(id)}${more}`;

export const listImports = (): Promise<ImportList> => request(answer<ImportList>(), '/api/imports');

/** Some systems let halves of characters into a name, and addresses do not. */
const addressed = (name: string): string =>
  encodeURIComponent(cut(name.replace(/\p{Surrogate}/gu, '\ufffd'), 255));

export const uploadFile = (file: File): Promise<ImportAnswer> =>
  request(answer<ImportAnswer>(), `/api/imports?name=${addressed(file.name)}`, {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream' },
    body: file,
  });

/** Names that the import makes up are those that whoever imports would give. */
const inOwnLanguage = (settings: ImportSettings): ImportSettings => ({
  language: i18n.getState().language,
  ...settings,
});

export const getImport = (id: string): Promise<ImportAnswer> => request(answer<ImportAnswer>(), path(id));
export const previewImport = (id: string, settings: ImportSettings): Promise<ImportAnswer> =>
  post(answer<ImportAnswer>(), path(id, '/preview'), inOwnLanguage(settings));
export const runImport = (id: string, settings: ImportSettings): Promise<ImportAnswer> =>
  post(answer<ImportAnswer>(), path(id, '/run'), inOwnLanguage(settings));
export const cancelImport = (id: string): Promise<ImportAnswer> =>
  post(answer<ImportAnswer>(), path(id, '/cancel'), {});
export const eventsPath = (id: string): string => path(id, '/events');
export const badLinesPath = (id: string, language: Language): string =>
  path(id, `/bad-lines.csv?language=${language}`);
