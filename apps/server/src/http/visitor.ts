import type { Request } from 'express';
import type { Visitor } from '../auth/visitor.ts';

/** `ip` believes X-Forwarded-For only of as many proxies as TRUST_PROXY says. */
export const visitorOf = (request: Request): Visitor => ({
  address: request.ip ?? null,
  agent: request.header('user-agent') ?? null,
});
