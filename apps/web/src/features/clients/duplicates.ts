import { type Client, fold } from '@almenara/events';

/** Two clients that may be one, and what makes them look so. */
export interface Likeness {
  readonly kept: Client;
  readonly duplicate: Client;
  readonly by: 'email' | 'phone' | 'name';
}

const FEWEST_DIGITS = 7;
/** Only the last digits are compared, as some people write the country code and some do not. */
const LAST_DIGITS = 9;

const keysOf = ({ name, email, phone }: Client): [Likeness['by'], string][] => {
  const digits = (phone ?? '').replace(/\D/g, '');
  const plain = fold(name.normalize('NFKD').replace(/[^\p{L}\p{N}]/gu, ''));
  const keys: [Likeness['by'], string][] = [
    ['email', fold(email?.trim() ?? '')],
    ['phone', digits.length >= FEWEST_DIGITS ? digits.slice(-LAST_DIGITS) : ''],
    ['name', plain],
  ];
  return keys.filter(([, key]) => key !== '');
};

const oldestFirst = (a: Client, b: Client): number =>
  a.createdAt < b.createdAt ? -1 : a.createdAt > b.createdAt ? 1 : a.id < b.id ? -1 : 1;

/** Each client with the oldest that has its e-mail, phone or name: the surest likeness first, each client once. */
export function likelyDuplicates(clients: readonly Client[]): Likeness[] {
  const oldest = new Map<string, Client>();
  const found: Likeness[] = [];
  for (const duplicate of clients.filter(({ archived }) => !archived).sort(oldestFirst)) {
    const keys = keysOf(duplicate);
    const match = keys.find(([by, key]) => oldest.has(`${by} ${key}`));
    const kept = match && oldest.get(`${match[0]} ${match[1]}`);
    if (match && kept) found.push({ kept, duplicate, by: match[0] });
    for (const [by, key] of keys)
      if (!oldest.has(`${by} ${key}`)) oldest.set(`${by} ${key}`, kept ?? duplicate);
  }
  return found;
}
