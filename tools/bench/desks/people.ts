import { randomUUID } from 'node:crypto';
import pg from 'pg';

/** Who places orders and looks at them: one person has few commands under way at a time. */
const PEOPLE = 64;

export interface Person {
  readonly userId: string;
  /** Of a session that outlives the run. */
  readonly token: string;
}

/** Accounts without passwords, signed in: what is measured begins after the sign-in. */
export async function addPeople(databaseUrl: string): Promise<Person[]> {
  const people = Array.from({ length: PEOPLE }, () => ({ userId: randomUUID(), token: randomUUID() }));
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    for (const [i, { userId, token }] of people.entries()) {
      await client.query(
        `INSERT INTO "user" (id, name, email, role, created_at, updated_at) VALUES ($1, $2, $3, 'admin', now(), now())`,
        [userId, `Person ${i}`, `${userId}@bench.test`],
      );
      await client.query(
        `INSERT INTO session (id, token, user_id, expires_at, created_at, updated_at)
         VALUES ($1, $2, $3, now() + interval '1 day', now(), now())`,
        [randomUUID(), token, userId],
      );
    }
  } finally {
    await client.end();
  }
  return people;
}
