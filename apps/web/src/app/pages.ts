import { type Role, WRITERS } from '@almenara/events';
import { ClipboardList, FileUp, Gauge, type LucideIcon, Settings, Users, Warehouse } from 'lucide-react';

interface PageLink {
  readonly to: string;
  readonly name: string;
  readonly icon: LucideIcon;
  readonly keys: string;
  /** `more`: on a phone behind the last button of the bar, as there is room for five. */
  readonly place: 'main' | 'more';
  /** Who has a use for it; everybody where it is left out. */
  readonly roles?: readonly Role[];
}

/** The pages of the desk: the navigation, the palette and the keys are made of this list. */
export const PAGES = [
  { to: '/', name: 'overview', icon: Gauge, keys: 'g h', place: 'main' },
  { to: '/orders', name: 'orders', icon: ClipboardList, keys: 'g o', place: 'main' },
  { to: '/inventory', name: 'inventory', icon: Warehouse, keys: 'g i', place: 'main' },
  { to: '/clients', name: 'clients', icon: Users, keys: 'g c', place: 'main' },
  {
    to: '/import',
    name: 'import',
    icon: FileUp,
    keys: 'g m',
    place: 'more',
    roles: WRITERS,
  },
  { to: '/settings', name: 'settings', icon: Settings, keys: 'g s', place: 'more' },
] as const satisfies readonly PageLink[];

export type DeskPage = (typeof PAGES)[number];

export const pagesFor = (role: Role): readonly (DeskPage & PageLink)[] =>
  PAGES.filter((page: DeskPage & PageLink) => page.roles?.includes(role) ?? true);
