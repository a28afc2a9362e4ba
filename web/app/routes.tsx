import type { Action } from '@lianzhen/contracts/access.ts';
import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router';
import { AuditSearch } from '../features/audit/audit-search.ts';
import { ImagingSearch } from '../features/imaging/imaging-search.ts';
import { NoSuchPage, PageFailure } from './page-failure.tsx';
import { Shell } from './shell.tsx';

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
  interface StaticDataRouteOption {
    /** The page is for who may do one of these. */
    actions?: readonly Action[];
    /** A desk that needs the whole width: the menu shrinks to its icons. */
    isWide?: boolean;
  }
}

const root = createRootRoute({ component: Shell, notFoundComponent: NoSuchPage });

const home = createRoute({
  getParentRoute: () => root,
  path: '/',
  component: lazyRouteComponent(() => import('./home/home-screen.tsx'), 'HomeScreen'),
});

const account = createRoute({
  getParentRoute: () => root,
  path: '/account',
  component: lazyRouteComponent(() => import('../features/identity/account-screen.tsx'), 'AccountScreen'),
});
const imaging = createRoute({
  getParentRoute: () => root,
  path: '/imaging',
  validateSearch: ImagingSearch,
  component: lazyRouteComponent(() => import('../features/imaging/imaging-screen.tsx'), 'ImagingScreen'),
  staticData: { actions: ['quarantine:decide', 'study:attach'] },
});
const audit = createRoute({
  getParentRoute: () => root,
  path: '/audit',
  validateSearch: AuditSearch,
  component: lazyRouteComponent(() => import('../features/audit/audit-screen.tsx'), 'AuditScreen'),
  staticData: { actions: ['audit:read'] },
});

/** Every page of the hub. A feature adds its routes above, in this list, and its menu line in navigation.tsx. */
const routeTree = root.addChildren([home, account, imaging, audit]);

export const router = createRouter({
  routeTree,
  defaultPreload: 'intent',
  scrollRestoration: true,
  defaultErrorComponent: PageFailure,
});
