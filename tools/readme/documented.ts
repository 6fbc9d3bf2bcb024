import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const PAGES = ['README.md', 'CONTRIBUTING.md'];
/** Of a command as people type it, with variables before it. */
const PROGRAM = /^(?:[A-Z_]+=\S* )*(?:npx|npm|pnpm|node|tsx|docker|curl|git|\.ci\/run)(?=\s|$)/;

/** Every command that README.md and CONTRIBUTING.md show, in shell blocks, tables and sentences, once. */
export function documentedCommands(root: string): string[] {
  return [...new Set(PAGES.flatMap((page) => commandsOf(readFileSync(join(root, page), 'utf8'))))];
}

/** Of a line, each by itself and the same whether npx gets pnpm first or not: `npx pnpm@12 build && …` has `pnpm build`. */
export function partsOf(command: string): string[] {
  return command.split(' && ').map((part) => part.replace('npx pnpm@12 ', 'pnpm '));
}

export function commandsOf(page: string): string[] {
  const blocks = [...page.matchAll(/^```(\S*)\n(.*?)^```/gms)];
  const shell = blocks
    .filter(([, language]) => /^(sh|bash|shell|console|)$/.test(language ?? ''))
    .flatMap(([, , text = '']) => linesOf(text));
  const prose = page.replaceAll(/^```.*?^```/gms, '');
  const spans = [...prose.matchAll(/`([^`\n]+)`/g)]
    .map(([, text = '']) => text)
    .filter((text) => PROGRAM.test(text));
  return [...shell, ...spans];
}

/** One for each command: a line that ends with a backslash goes on, and what follows a blank and `#` is said to people. */
function linesOf(block: string): string[] {
  return block
    .replaceAll(/\\\n\s*/g, '')
    .split('\n')
    .map((line) => line.replace(/(^|\s)#\s.*$/, '').trim())
    .filter((line) => line !== '');
}
