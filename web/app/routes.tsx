import type { Action } from '@lianzhen/contracts/access.ts';
import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
  stripSearchParams,
} from '@tanstack/react-router';
import { z } from 'zod';
import { startDraft } from '../api/drafts/started-here.ts';
import { AuditSearch } from '../features/audit/audit-search.ts';
import { ConsultationSearch } from '../features/consultation/boxes.ts';
import { EcgSearch } from '../features/ecg/ecg-search.ts';
import { RulesSearch } from '../features/ecg/rules/rules-search.ts';
import { ImagingSearch } from '../features/imaging/imaging-search.ts';
import { WorklistSearch } from '../features/worklist/worklist-search.ts';
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

const text = z.coerce.string().max(64).catch('').default('');
const page = z.coerce.number().int().min(1).catch(1).default(1);
const word = z.coerce.string().max(64).optional().catch(undefined);
/** What says nothing does not stand in the address. */
const silent = { q: '', page: 1 } as const;

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
const accounts = createRoute({
  getParentRoute: () => root,
  path: '/accounts',
  staticData: { actions: ['account:manage'] },
  component: lazyRouteComponent(() => import('../features/identity/accounts-screen.tsx'), 'AccountsScreen'),
});

const orders = createRoute({
  getParentRoute: () => root,
  path: '/orders',
  staticData: { actions: ['order:read'] },
  validateSearch: z.object({ q: text, page, state: word }),
  search: { middlewares: [stripSearchParams(silent)] },
  component: lazyRouteComponent(() => import('../features/orders/orders-screen.tsx'), 'OrdersScreen'),
});
const newOrder = createRoute({
  getParentRoute: () => root,
  path: '/orders/new',
  staticData: { actions: ['order:write'] },
  validateSearch: z.object({ draft: word, patient: word }),
  // Every request has a key from its first letter on, in the address too, so that a reload finds its draft again.
  beforeLoad: ({ search }) => {
    if (!search.draft) throw redirect({ to: '/orders/new', search: { ...search, draft: startDraft() }, replace: true });
  },
  component: lazyRouteComponent(() => import('./new-order-page.tsx'), 'NewOrderPage'),
});
const order = createRoute({
  getParentRoute: () => root,
  path: '/orders/$orderId',
  staticData: { actions: ['order:read'] },
  component: lazyRouteComponent(() => import('./order-page.tsx'), 'OrderPage'),
});
const images = createRoute({
  getParentRoute: () => root,
  path: '/orders/$orderId/images',
  staticData: { actions: ['study:read'], isWide: true },
  component: lazyRouteComponent(() => import('./images-page.tsx'), 'ImagesPage'),
});
const result = createRoute({
  getParentRoute: () => root,
  path: '/results/$versionId',
  staticData: { actions: ['report:read'] },
  component: lazyRouteComponent(() => import('../features/orders/result-screen.tsx'), 'ResultScreen'),
});

const patients = createRoute({
  getParentRoute: () => root,
  path: '/patients',
  staticData: { actions: ['patient:read'] },
  validateSearch: z.object({ q: text, page }),
  search: { middlewares: [stripSearchParams(silent)] },
  component: lazyRouteComponent(() => import('../features/patients/patients-screen.tsx'), 'PatientsScreen'),
});
const duplicates = createRoute({
  getParentRoute: () => root,
  path: '/patients/duplicates',
  staticData: { actions: ['patient:merge'] },
  component: lazyRouteComponent(() => import('../features/patients/duplicates-screen.tsx'), 'DuplicatesScreen'),
});
const patient = createRoute({
  getParentRoute: () => root,
  path: '/patients/$patientId',
  staticData: { actions: ['patient:read'] },
  component: lazyRouteComponent(() => import('../features/patients/patient-screen.tsx'), 'PatientScreen'),
});

const worklist = createRoute({
  getParentRoute: () => root,
  path: '/worklist',
  staticData: { actions: ['worklist:read'] },
  validateSearch: WorklistSearch,
  component: lazyRouteComponent(() => import('../features/worklist/worklist-screen.tsx'), 'WorklistScreen'),
});
const desk = createRoute({
  getParentRoute: () => root,
  path: '/worklist/$caseId',
  staticData: { actions: ['worklist:read'], isWide: true },
  validateSearch: WorklistSearch,
  component: lazyRouteComponent(() => import('./desk-page.tsx'), 'DeskPage'),
});

const inbox = createRoute({
  getParentRoute: () => root,
  path: '/delivery',
  staticData: { actions: ['result:acknowledge', 'delivery:read'] },
  validateSearch: z.object({ page, unread: word }),
  search: { middlewares: [stripSearchParams({ page: 1 })] },
  component: lazyRouteComponent(() => import('../features/delivery/inbox-screen.tsx'), 'InboxScreen'),
});
const ledger = createRoute({
  getParentRoute: () => root,
  path: '/delivery/ledger',
  staticData: { actions: ['delivery:read'] },
  validateSearch: z.object({ q: text, page, state: word, orderId: word, versionId: word }),
  search: { middlewares: [stripSearchParams(silent)] },
  component: lazyRouteComponent(() => import('../features/delivery/ledger-screen.tsx'), 'LedgerScreen'),
});
const destinations = createRoute({
  getParentRoute: () => root,
  path: '/delivery/destinations',
  staticData: { actions: ['facility:manage'] },
  component: lazyRouteComponent(() => import('../features/delivery/destinations-screen.tsx'), 'DestinationsScreen'),
});

const imaging = createRoute({
  getParentRoute: () => root,
  path: '/imaging',
  validateSearch: ImagingSearch,
  component: lazyRouteComponent(() => import('../features/imaging/imaging-screen.tsx'), 'ImagingScreen'),
  staticData: { actions: ['quarantine:decide', 'study:attach'] },
});
const ecg = createRoute({
  getParentRoute: () => root,
  path: '/ecg',
  validateSearch: EcgSearch,
  component: lazyRouteComponent(() => import('../features/ecg/ecg-screen.tsx'), 'EcgScreen'),
  staticData: { actions: ['study:send'] },
});
const trace = createRoute({
  getParentRoute: () => root,
  path: '/ecg/$traceId',
  component: lazyRouteComponent(() => import('../features/ecg/trace-screen.tsx'), 'TraceScreen'),
  staticData: { actions: ['study:read'], isWide: true },
});
const facilities = createRoute({
  getParentRoute: () => root,
  path: '/facilities',
  component: lazyRouteComponent(() => import('../features/facilities/facilities-screen.tsx'), 'FacilitiesScreen'),
  staticData: { actions: ['agreement:read', 'facility:manage', 'quarantine:decide'] },
});
const ecgRules = createRoute({
  getParentRoute: () => root,
  path: '/facilities/ecg-rules',
  validateSearch: RulesSearch,
  component: lazyRouteComponent(() => import('../features/ecg/rules/rules-screen.tsx'), 'RulesScreen'),
  staticData: { actions: ['facility:manage', 'agreement:read', 'worklist:read', 'audit:read'] },
});
const audit = createRoute({
  getParentRoute: () => root,
  path: '/audit',
  validateSearch: AuditSearch,
  component: lazyRouteComponent(() => import('../features/audit/audit-screen.tsx'), 'AuditScreen'),
  staticData: { actions: ['audit:read'] },
});

const siteCheck = createRoute({
  getParentRoute: () => root,
  path: '/site-check',
  component: lazyRouteComponent(() => import('../features/site-check/site-check-screen.tsx'), 'SiteCheckScreen'),
  staticData: { actions: ['site-check:run'] },
});

const consultations = createRoute({
  getParentRoute: () => root,
  path: '/consultations',
  staticData: { actions: ['consultation:read'] },
  validateSearch: ConsultationSearch,
  search: { middlewares: [stripSearchParams(silent)] },
  component: lazyRouteComponent(
    () => import('../features/consultation/consultations-screen.tsx'),
    'ConsultationsScreen',
  ),
});
const newConsultation = createRoute({
  getParentRoute: () => root,
  path: '/consultations/new',
  staticData: { actions: ['consultation:request'] },
  validateSearch: z.object({ draft: word, patient: word }),
  beforeLoad: ({ search }) => {
    if (search.draft) return;
    throw redirect({ to: '/consultations/new', search: { ...search, draft: startDraft() }, replace: true });
  },
  component: lazyRouteComponent(() => import('./new-consultation-page.tsx'), 'NewConsultationPage'),
});
const ownHours = createRoute({
  getParentRoute: () => root,
  path: '/consultations/my-hours',
  staticData: { actions: ['consultation:answer'] },
  component: lazyRouteComponent(() => import('../features/facilities/experts/own-hours-screen.tsx'), 'OwnHoursScreen'),
});
const consultation = createRoute({
  getParentRoute: () => root,
  path: '/consultations/$consultationId',
  staticData: { actions: ['consultation:read'] },
  component: lazyRouteComponent(() => import('../features/consultation/case-screen.tsx'), 'CaseScreen'),
});
const room = createRoute({
  getParentRoute: () => root,
  path: '/consultations/$consultationId/room',
  staticData: { actions: ['consultation:read'], isWide: true },
  component: lazyRouteComponent(() => import('../features/consultation/room/room-screen.tsx'), 'RoomScreen'),
});

/** Every page of the hub. A feature adds its routes above, in this list, and its menu line in navigation.tsx. */
const routeTree = root.addChildren([
  home,
  account,
  accounts,
  orders,
  newOrder,
  order,
  images,
  result,
  patients,
  duplicates,
  patient,
  worklist,
  desk,
  inbox,
  ledger,
  destinations,
  imaging,
  ecg,
  trace,
  facilities,
  ecgRules,
  audit,
  siteCheck,
  consultations,
  newConsultation,
  ownHours,
  consultation,
  room,
]);

export const router = createRouter({
  routeTree,
  defaultPreload: 'intent',
  scrollRestoration: true,
  defaultErrorComponent: PageFailure,
});
