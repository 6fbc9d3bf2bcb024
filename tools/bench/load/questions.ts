import { Histogram } from './histogram.ts';

interface Item {
  readonly [field: string]: unknown;
}

/** Enough different words that most searches are new ones. */
const WORDS = 300;

/** What people ask of a desk by HTTP: the pages of its lists, and searches in them. */
export class Questions {
  readonly #url: string;
  readonly #token: string;

  constructor(url: string, token: string) {
    this.#url = url;
    this.#token = token;
  }

  async someZone(): Promise<string> {
    const { body } = await this.#ask('/api/zones?limit=1');
    const { items }: { items: { code: string }[] } = Object(body);
    const [zone] = items;
    if (!zone) throw new Error('There are no zones.');
    return zone.code;
  }

  /** The first page of each list, `times` times after the first. */
  async pages(zone: string, times: number) {
    const to = new Date();
    const from = new Date(to.getTime() - 86_400_000);
    const paths: readonly (readonly [string, string])[] = [
      ['orders, newest', '/api/orders?limit=50'],
      ['orders, open, oldest', '/api/orders?limit=50&statuses=placed,picking,packed,shipped&sort=oldest'],
      ['orders, largest', '/api/orders?limit=50&sort=largest'],
      ['clients', '/api/clients?limit=50'],
      ['products', '/api/products?limit=50'],
      ['stock of a zone', `/api/inventory?limit=50&zone=${zone}`],
      ['stock that is low', '/api/inventory?limit=50&low=true'],
      ['movements', '/api/inventory/movements?limit=50'],
      ['figures of stock', '/api/inventory/figures'],
      ['figures of the day', `/api/figures?from=${from.toISOString()}&to=${to.toISOString()}&bucket=60`],
    ];
    const found: { what: string; coldMs: number; warm: Histogram }[] = [];
    for (const [what, path] of paths) {
      const coldMs = (await this.#ask(path)).ms;
      const warm = new Histogram();
      for (let i = 0; i < times; i += 1) warm.add((await this.#ask(path)).ms);
      found.push({ what, coldMs, warm });
    }
    return found;
  }

  /** In orders, products and clients, in turns. */
  async searches(times: number): Promise<Histogram> {
    const words = {
      orders: [
        ...(await this.#words('/api/orders', 'number')),
        ...(await this.#words('/api/clients', 'name')),
      ],
      products: [
        ...(await this.#words('/api/products', 'sku')),
        ...(await this.#words('/api/products', 'name')),
      ],
      clients: await this.#words('/api/clients', 'name'),
    };
    const found = new Histogram();
    for (let i = 0; i < times; i += 1) {
      for (const [list, all] of Object.entries(words)) {
        const word = all[(i * 7) % all.length] ?? '';
        found.add((await this.#ask(`/api/${list}?limit=50&q=${encodeURIComponent(word)}`)).ms);
      }
    }
    return found;
  }

  /** Parts of what stands in that field: what somebody has typed so far. */
  async #words(path: string, field: string): Promise<string[]> {
    const words: string[] = [];
    let cursor = '';
    while (words.length < WORDS) {
      const { body } = await this.#ask(`${path}?limit=100${cursor}`);
      const { items, nextCursor }: { items: Item[]; nextCursor: string | null } = Object(body);
      for (const [i, item] of items.entries())
        words.push(
          String(item[field])
            .slice(0, 3 + (i % 6))
            .trim(),
        );
      if (nextCursor === null || items.length === 0) break;
      cursor = `&cursor=${encodeURIComponent(nextCursor)}`;
    }
    return words.filter((word) => word !== '');
  }

  async #ask(path: string): Promise<{ body: unknown; ms: number }> {
    const began = performance.now();
    const answer = await fetch(this.#url + path, { headers: { authorization: `Bearer ${this.#token}` } });
    const text = await answer.text();
    const ms = performance.now() - began;
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${text.slice(0, 500)}`);
    return { body: JSON.parse(text), ms };
  }
}
