import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router';
import { z } from 'zod';
import { LedgerSearch } from '../features/inventory/ledger/ledger-search.ts';
import { StockSearch } from '../features/inventory/stock-search.ts';
import { getAbout, getSetup } from '../http/account.ts';
import type { AccountStore } from './account-store.ts';
import { NotFound, PageError } from './page-error.tsx';

export interface AppContext {
  readonly accounts: AccountStore;
}

const SignInSearch = z.object({
  /** Where to go on; only a path of ours. */
  from: z
    .string()
    .regex(/^\/(?![/\\])/)
    .optional()
    .catch(undefined),
  expired: z.boolean().optional().catch(undefined),
});

const root = createRootRouteWithContext<AppContext>()({ component: Outlet });

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: SignInSearch,
  beforeLoad: async () => {
    if ((await getSetup()).needed) throw redirect({ to: '/setup' });
  },
  component: lazyRouteComponent(() => import('../features/sign-in/sign-in-page.tsx'), 'SignInPage'),
});

const setup = createRoute({
  getParentRoute: () => root,
  path: '/setup',
  beforeLoad: async () => {
    if (!(await getSetup()).needed) throw redirect({ to: '/sign-in' });
  },
  component: lazyRouteComponent(() => import('../features/setup/setup-page.tsx'), 'SetupPage'),
});

/** Everything that needs an account, and with it the live connection. */
const desk = createRoute({
  getParentRoute: () => root,
  id: 'desk',
  beforeLoad: async ({ context, location }) => {
    const account = await context.accounts.load();
    if (!account)
      throw redirect({ to: '/sign-in', search: location.href === '/' ? {} : { from: location.href } });
    return { account };
  },
  loader: getAbout,
  staleTime: Number.POSITIVE_INFINITY,
  component: lazyRouteComponent(() => import('./desk.tsx'), 'Desk'),
});

const overview = createRoute({
  getParentRoute: () => desk,
  path: '/',
  component: lazyRouteComponent(() => import('../features/overview/overview-page.tsx'), 'OverviewPage'),
});

const orders = createRoute({
  getParentRoute: () => desk,
  path: '/orders',
  component: lazyRouteComponent(() => import('../features/orders/orders-page.tsx'), 'OrdersPage'),
});

const order = createRoute({
  getParentRoute: () => orders,
  path: '$orderId',
  component: lazyRouteComponent(() => import('../features/orders/order-drawer.tsx'), 'OrderRoute'),
});

const inventory = createRoute({
  getParentRoute: () => desk,
  path: '/inventory',
  validateSearch: StockSearch,
  component: lazyRouteComponent(() => import('../features/inventory/inventory-page.tsx'), 'InventoryPage'),
});

const zone = createRoute({
  getParentRoute: () => desk,
  path: '/inventory/$zone',
  validateSearch: StockSearch,
  component: lazyRouteComponent(() => import('../features/inventory/inventory-page.tsx'), 'ZonePage'),
});

const count = createRoute({
  getParentRoute: () => desk,
  path: '/inventory/$zone/count',
  component: lazyRouteComponent(() => import('../features/inventory/count/count-page.tsx'), 'CountPage'),
});

const product = createRoute({
  getParentRoute: () => desk,
  path: '/inventory/product/$productId',
  validateSearch: LedgerSearch,
  component: lazyRouteComponent(() => import('../features/inventory/ledger/ledger-page.tsx'), 'LedgerPage'),
});

const clients = createRoute({
  getParentRoute: () => desk,
  path: '/clients',
  component: lazyRouteComponent(() => import('../features/clients/clients-page.tsx'), 'ClientsPage'),
});

const routeTree = root.addChildren([
  signIn,
  setup,
  desk.addChildren([overview, orders.addChildren([order]), inventory, zone, count, product, clients]),
]);

export const createAppRouter = (context: AppContext) =>
  createRouter({
    routeTree,
    context,
    defaultPreload: 'intent',
    defaultPendingMs: 300,
    defaultErrorComponent: PageError,
    defaultNotFoundComponent: NotFound,
  });

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createAppRouter>;
  }
}
