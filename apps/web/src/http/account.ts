import { Role } from '@almenara/events';
import { z } from 'zod';
import { post, request } from './request.ts';

const Account = z.object({ id: z.string(), name: z.string(), email: z.string(), role: Role.catch('viewer') });
export type Account = z.infer<typeof Account>;

/** Who is signed in on this browser, or null. */
export const getAccount = async (): Promise<Account | null> =>
  (await request(z.object({ user: Account }).nullable(), '/api/auth/get-session'))?.user ?? null;

export const signIn = (email: string, password: string): Promise<{ user: Account }> =>
  post(z.object({ user: Account }), '/api/auth/sign-in/email', { email, password });

export const signOut = (): Promise<unknown> => post(z.unknown(), '/api/auth/sign-out', {});

/** A desk without accounts waits for its administrator. */
export const getSetup = (): Promise<{ needed: boolean }> =>
  request(z.object({ needed: z.boolean() }), '/api/setup');

export const setUp = (input: { name: string; email: string; password: string }): Promise<unknown> =>
  post(z.unknown(), '/api/setup', input);

/** `demo`: the demo accounts exist. `setup`: the first run is not finished. */
export const getAbout = (): Promise<{ demo: boolean; setup: boolean }> =>
  request(z.object({ demo: z.boolean(), setup: z.boolean() }), '/api/about').catch(() => ({
    demo: false,
    setup: false,
  }));
