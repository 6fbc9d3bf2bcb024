import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router';
import { readLedgerSearch } from '../features/inventory/ledger/ledger-search.ts';
import { readStockSearch } from '../features/inventory/stock-search.ts';
import { readOrdersSearch } from '../features/orders/held/orders-search.ts';
import { readPickListSearch } from '../features/orders/pick-list/pick-list-search.ts';
import { getAbout, getSetup } from '../http/account.ts';
import { isText, isUuid, onlyWhat } from '../http/search-params.ts';
import { withTexts } from '../i18n/i18n.ts';
import type { AccountStore } from '../session/account-store.ts';
import { returnPath } from '../session/return-path.ts';
import type { Desks } from './desks.ts';
import { NotFound, PageError } from './page-error.tsx';

export interface AppContext {
  readonly accounts: AccountStore;
  readonly desks: Desks;
}

interface SignInSearch {
  /** Where to go on, as `returnPath` gives it. */
  readonly from?: string;
  readonly expired?: boolean;
}

const readSignInSearch = ({ from, expired }: Record<string, unknown>): SignInSearch => {
  const path = returnPath(from);
  return { ...(path !== null && { from: path }), ...(typeof expired === 'boolean' && { expired }) };
};

interface ClientSearch {
  readonly q?: string | undefined;
  readonly archived?: boolean | undefined;
}

const readClientSearch = ({ q, archived }: Record<string, unknown>): ClientSearch => ({
  ...(isText(q, 200) && { q }),
  ...(typeof archived === 'boolean' && { archived }),
});

const readImportSearch = ({ id }: Record<string, unknown>): { readonly id?: string } =>
  isUuid(id) ? { id } : {};

const root = createRootRouteWithContext<AppContext>()({ component: Outlet });

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: onlyWhat(readSignInSearch),
  beforeLoad: async () => {
    if ((await getSetup()).needed) throw redirect({ to: '/setup' });
  },
  component: lazyRouteComponent(
    withTexts(['sign-in'], () => import('../features/sign-in/sign-in-page.tsx')),
    'SignInPage',
  ),
});

const setup = createRoute({
  getParentRoute: () => root,
  path: '/setup',
  beforeLoad: async ({ context }) => {
    const { needed, byLink } = await getSetup();
    if (needed) return { byLink };
    const account = await context.accounts.load();
    if (!account) throw redirect({ to: '/sign-in' });
    if (account.role !== 'admin') throw redirect({ to: '/' });
    // Each step is kept when it is done: what remains is where to go on.
    const { getSetupProgress } = await import('../http/accounts.ts');
    const { company, zones } = await getSetupProgress();
    throw redirect({ to: !company ? '/setup/company' : zones === 0 ? '/setup/zones' : '/setup/start' });
  },
  component: lazyRouteComponent(
    withTexts(['setup', 'sign-in'], () => import('../features/setup/setup-page.tsx')),
    'SetupPage',
  ),
});

/** The steps after the first account; the settings lead back to them. */
const wizard = createRoute({
  getParentRoute: () => root,
  id: 'wizard',
  beforeLoad: async ({ context, location }) => {
    const account = await context.accounts.load();
    if (!account) throw redirect({ to: '/sign-in', search: { from: location.href } });
    if (account.role !== 'admin') throw redirect({ to: '/' });
    return { account, ...(await context.desks.open(account.id)) };
  },
  component: lazyRouteComponent(
    withTexts(['settings', 'setup'], () => import('../features/setup/wizard.tsx')),
    'Wizard',
  ),
});

const companyStep = createRoute({
  getParentRoute: () => wizard,
  path: '/setup/company',
  component: lazyRouteComponent(
    withTexts(['settings', 'setup'], () => import('../features/setup/company-step.tsx')),
    'CompanyStep',
  ),
});

const zonesStep = createRoute({
  getParentRoute: () => wizard,
  path: '/setup/zones',
  component: lazyRouteComponent(
    withTexts(['inventory', 'settings', 'setup'], () => import('../features/setup/zones-step.tsx')),
    'ZonesStep',
  ),
});

const startStep = createRoute({
  getParentRoute: () => wizard,
  path: '/setup/start',
  component: lazyRouteComponent(
    withTexts(['settings', 'setup'], () => import('../features/setup/start-step.tsx')),
    'StartStep',
  ),
});

const invite = createRoute({
  getParentRoute: () => root,
  path: '/invite/$token',
  component: lazyRouteComponent(
    withTexts(['settings', 'setup'], () => import('../features/invite/invite-page.tsx')),
    'InvitePage',
  ),
});

/** Everything that needs an account, and with it the live connection. */
const desk = createRoute({
  getParentRoute: () => root,
  id: 'desk',
  beforeLoad: async ({ context, location }) => {
    const account = await context.accounts.load();
    if (!account)
      throw redirect({ to: '/sign-in', search: location.href === '/' ? {} : { from: location.href } });
    return { account, ...(await context.desks.open(account.id)) };
  },
  loader: async ({ context }) => {
    const about = await getAbout();
    if (about.setup && context.account.role === 'admin') throw redirect({ to: '/setup' });
    return about;
  },
  staleTime: Number.POSITIVE_INFINITY,
  component: lazyRouteComponent(() => import('./desk.tsx'), 'Desk'),
});

const overview = createRoute({
  getParentRoute: () => desk,
  path: '/',
  component: lazyRouteComponent(
    withTexts(['activity', 'overview'], () => import('../features/overview/overview-page.tsx')),
    'OverviewPage',
  ),
});

const orders = createRoute({
  getParentRoute: () => desk,
  path: '/orders',
  validateSearch: onlyWhat(readOrdersSearch),
  component: lazyRouteComponent(
    withTexts(['orders'], () => import('../features/orders/orders-page.tsx')),
    'OrdersPage',
  ),
});

const order = createRoute({
  getParentRoute: () => orders,
  path: '$orderId',
  component: lazyRouteComponent(
    withTexts(['orders', 'order'], () => import('../features/orders/drawer/order-drawer.tsx')),
    'OrderRoute',
  ),
});

const pickList = createRoute({
  getParentRoute: () => desk,
  path: '/orders/pick-list',
  validateSearch: onlyWhat(readPickListSearch),
  component: lazyRouteComponent(
    withTexts(['orders'], () => import('../features/orders/pick-list/pick-list-page.tsx')),
    'PickListPage',
  ),
});

const inventory = createRoute({
  getParentRoute: () => desk,
  path: '/inventory',
  validateSearch: onlyWhat(readStockSearch),
  component: lazyRouteComponent(
    withTexts(['inventory'], () => import('../features/inventory/inventory-page.tsx')),
    'InventoryPage',
  ),
});

const zone = createRoute({
  getParentRoute: () => desk,
  path: '/inventory/$zone',
  validateSearch: onlyWhat(readStockSearch),
  component: lazyRouteComponent(
    withTexts(['inventory'], () => import('../features/inventory/inventory-page.tsx')),
    'ZonePage',
  ),
});

const count = createRoute({
  getParentRoute: () => desk,
  path: '/inventory/$zone/count',
  component: lazyRouteComponent(
    withTexts(['inventory', 'counting'], () => import('../features/inventory/count/count-page.tsx')),
    'CountPage',
  ),
});

const product = createRoute({
  getParentRoute: () => desk,
  // Beside the zones and not below them: a zone may have any code.
  path: '/products/$productId',
  validateSearch: onlyWhat(readLedgerSearch),
  component: lazyRouteComponent(
    withTexts(['inventory', 'counting'], () => import('../features/inventory/ledger/ledger-page.tsx')),
    'LedgerPage',
  ),
});

const clients = createRoute({
  getParentRoute: () => desk,
  path: '/clients',
  validateSearch: onlyWhat(readClientSearch),
  component: lazyRouteComponent(
    withTexts(['clients'], () => import('../features/clients/clients-page.tsx')),
    'ClientsPage',
  ),
});

const settings = createRoute({
  getParentRoute: () => desk,
  path: '/settings',
  component: lazyRouteComponent(
    withTexts(['settings', 'setup'], () => import('../features/settings/settings-layout.tsx')),
    'SettingsLayout',
  ),
});

const settingsPages = [
  createRoute({
    getParentRoute: () => settings,
    path: '/',
    component: lazyRouteComponent(
      withTexts(['settings', 'setup'], () => import('../features/settings/you-page.tsx')),
      'YouPage',
    ),
  }),
  createRoute({
    getParentRoute: () => settings,
    path: 'you',
    component: lazyRouteComponent(
      withTexts(['settings', 'setup'], () => import('../features/settings/you-page.tsx')),
      'YouPage',
    ),
  }),
  createRoute({
    getParentRoute: () => settings,
    path: 'devices',
    component: lazyRouteComponent(
      withTexts(['settings', 'setup'], () => import('../features/settings/devices-page.tsx')),
      'DevicesPage',
    ),
  }),
  createRoute({
    getParentRoute: () => settings,
    path: 'company',
    component: lazyRouteComponent(
      withTexts(['settings', 'setup'], () => import('../features/settings/company-page.tsx')),
      'CompanyPage',
    ),
  }),
  createRoute({
    getParentRoute: () => settings,
    path: 'people',
    component: lazyRouteComponent(
      withTexts(['settings', 'setup'], () => import('../features/settings/people-page.tsx')),
      'PeoplePage',
    ),
  }),
  createRoute({
    getParentRoute: () => settings,
    path: 'keys',
    component: lazyRouteComponent(
      withTexts(['settings', 'setup'], () => import('../features/settings/keys-page.tsx')),
      'KeysPage',
    ),
  }),
  createRoute({
    getParentRoute: () => settings,
    path: 'sign-ins',
    component: lazyRouteComponent(
      withTexts(['settings', 'setup'], () => import('../features/settings/sign-ins-page.tsx')),
      'SignInsPage',
    ),
  }),
] as const;
const client = createRoute({
  getParentRoute: () => clients,
  path: '$clientId',
  component: lazyRouteComponent(
    withTexts(['clients'], () => import('../features/clients/client-drawer.tsx')),
    'ClientRoute',
  ),
});

const importing = createRoute({
  getParentRoute: () => desk,
  path: '/import',
  validateSearch: onlyWhat(readImportSearch),
  component: lazyRouteComponent(
    withTexts(['import'], () => import('../features/import/import-page.tsx')),
    'ImportPage',
  ),
});

const routeTree = root.addChildren([
  signIn,
  setup,
  invite,
  wizard.addChildren([companyStep, zonesStep, startStep]),
  desk.addChildren([
    overview,
    orders.addChildren([order]),
    pickList,
    inventory,
    zone,
    count,
    product,
    clients.addChildren([client]),
    importing,
    settings.addChildren(settingsPages),
  ]),
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
