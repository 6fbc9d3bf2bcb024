import type { RouteDefinition } from './base/route.ts';
import { exportRoutes } from './routes/exports.ts';
import { importRoutes } from './routes/imports.ts';
import { inviteRoutes } from './routes/invite.ts';
import { ownRoutes } from './routes/me.ts';
import { nodeRoutes } from './routes/node.ts';
import { peopleRoutes } from './routes/people.ts';
import { setupRoutes } from './routes/setup.ts';
import { betterAuthRoutes, setRole } from './routes/sign-in.ts';
import { topicRoutes } from './routes/topics.ts';

/** Every route that HTTP serves beside those of commands and queries. */
export const routes = {
  ...nodeRoutes,
  ...betterAuthRoutes,
  set_role: setRole,
  ...setupRoutes,
  ...peopleRoutes,
  ...inviteRoutes,
  ...ownRoutes,
  ...importRoutes,
  ...exportRoutes,
  ...topicRoutes,
} satisfies Record<string, RouteDefinition>;

export type RouteName = keyof typeof routes;
export const routeNames = Object.keys(routes) as RouteName[];
