import { ImportAnswer, ImportList, type ImportSettings } from '@almenara/events';
import { post, request } from '../../http/request.ts';

const path = (id: string, more = ''): string => `/api/imports/${encodeURIComponent(id)}${more}`;

export const listImports = (): Promise<ImportList> => request(ImportList, '/api/imports');

export const uploadFile = (file: File): Promise<ImportAnswer> =>
  request(ImportAnswer, `/api/imports?name=${encodeURIComponent(file.name.slice(-255))}`, {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream' },
    body: file,
  });

export const getImport = (id: string): Promise<ImportAnswer> => request(ImportAnswer, path(id));
export const previewImport = (id: string, settings: ImportSettings): Promise<ImportAnswer> =>
  post(ImportAnswer, path(id, '/preview'), settings);
export const runImport = (id: string, settings: ImportSettings): Promise<ImportAnswer> =>
  post(ImportAnswer, path(id, '/run'), settings);
export const cancelImport = (id: string): Promise<ImportAnswer> =>
  post(ImportAnswer, path(id, '/cancel'), {});
export const eventsPath = (id: string): string => path(id, '/events');
export const badLinesPath = (id: string): string => path(id, '/bad-lines.csv');
