import { createReadStream, createWriteStream } from 'node:fs';
import { rename } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ImportBadLine, ImportLanguage } from '@almenara/events';
import { stringify } from 'csv-stringify';
import { safeCsv } from '../../database/csv.ts';
import { reasonText } from './reasons.ts';

const HEADINGS: Readonly<Record<ImportLanguage, readonly string[]>> = {
  en: ['line', 'document', 'reason', 'content'],
  es: ['línea', 'documento', 'motivo', 'contenido'],
};

/** What readline takes for the end of a line, and JSON does not. */
const LINE_END = /[\u2028\u2029]/g;
const escaped = (end: string): string => `\\u${end.charCodeAt(0).toString(16)}`;

/** All bad lines of a dry run, one a line, as they are: in whose language they are told is known when they are read. */
export async function writeBadLines(path: string, lines: Iterable<ImportBadLine>): Promise<void> {
  const asText = function* (): Generator<string> {
    for (const line of lines) yield `${JSON.stringify(line).replaceAll(LINE_END, escaped)}\n`;
  };
  // Whoever reads the one before reads it to its end.
  const whole = `${path}.new`;
  await pipeline(Readable.from(asText()), createWriteStream(whole, { mode: 0o600 }));
  await rename(whole, path);
}

/** The same as CSV, for people. */
export async function sendBadLines(path: string, language: ImportLanguage, to: Writable): Promise<void> {
  const input = createReadStream(path);
  const rows = async function* (): AsyncGenerator<unknown[]> {
    try {
      for await (const text of createInterface({ input })) {
        const { line, document, why, content }: ImportBadLine = JSON.parse(text);
        yield [line, document, reasonText(why, language), content];
      }
    } finally {
      // Of a download that is broken off, readline leaves the file open.
      input.destroy();
    }
  };
  await pipeline(Readable.from(rows()), stringify(safeCsv(HEADINGS[language])), to);
}
