import { z } from 'zod';
import { defineRoute } from '../base/route.ts';

/** What a node says of itself, before anybody signs in. */
export const nodeRoutes = {
  get_about: defineRoute({
    name: 'get_about',
    method: 'GET',
    path: '/api/about',
    summary: '`demo`: the demo accounts exist. `setup`: the first run is not finished.',
    access: 'anyone',
    result: z.object({ name: z.string(), demo: z.boolean(), setup: z.boolean() }),
  }),
  get_live: defineRoute({
    name: 'get_live',
    method: 'GET',
    path: '/health/live',
    summary: 'The process answers.',
    access: 'anyone',
    result: z.object({ status: z.string() }),
  }),
  get_ready: defineRoute({
    name: 'get_ready',
    method: 'GET',
    path: '/health/ready',
    summary: 'This node can serve: its database answers, and it is not stopping. Else `unavailable`.',
    access: 'anyone',
    result: z.object({ status: z.string() }),
  }),
};
