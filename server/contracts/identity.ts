import { oc } from '@orpc/contract';
import { z } from 'zod';
import { MachineScope, Role } from './access.ts';
import { FacilityLevel } from './facilities.ts';
import { Done, Id, Instant, Line, RequiredLine, Typed } from './fields.ts';

export const Title = z.enum(['resident', 'attending', 'associate-chief', 'chief']);
export type Title = z.infer<typeof Title>;
/** 主治 or above may review a resident's report. */
export const isSenior = (title: string | null | undefined): boolean =>
  title !== 'resident' && Title.safeParse(title).success;

export const Seat = z.object({
  facilityId: Id,
  code: z.string(),
  name: z.string(),
  level: FacilityLevel,
  roles: z.array(Role),
});
export const SessionView = z.object({
  accountId: Id,
  username: z.string(),
  displayName: z.string(),
  title: Title.nullable(),
  language: z.enum(['zh', 'en']),
  totpEnabled: z.boolean(),
  seats: z.array(Seat),
  expiresAt: Instant,
});
export type SessionView = z.infer<typeof SessionView>;

/** Length counts more than symbols (NIST SP 800-63B 3.1.1); the upper bound keeps the hash's cost bounded. */
export const Password = z.string().min(10).max(128);
export const LogIn = z.object({
  username: Typed(64).min(1),
  password: z.string().min(1).max(128),
  totp: z.string().max(10).optional(),
  /** The new password, where the present one is good once: asked for with `new-password-required`. */
  next: z.string().max(128).optional(),
});

export const AccountView = z.object({
  id: Id,
  username: z.string(),
  displayName: z.string(),
  title: Title.nullable(),
  licenceNumber: z.string().nullable(),
  disabled: z.boolean(),
  lockedUntil: Instant.nullable(),
  /** Set while the password is one that somebody else chose and that the person has not changed yet. */
  oneTimeUntil: Instant.nullable(),
  roles: z.array(z.object({ facilityId: Id, role: Role })),
  /** Of the same facilities, the centres that the person reads for. A reader of none sees no queue. */
  centreIds: z.array(Id),
});
/** The number of a doctor's licence to practise (医师执业证书编码): on what he signs, and asked of experts. */
const LicenceNumber = RequiredLine(32).nullable();
const CentreIds = z.array(Id).max(20);
export const MachineTokenView = z.object({
  id: Id,
  name: z.string(),
  facilityId: Id,
  scopes: z.array(MachineScope),
  createdAt: Instant,
  lastUsedAt: Instant.nullable(),
  expiresAt: Instant.nullable(),
});

export const identityContract = {
  logIn: oc.route({ method: 'POST', path: '/session' }).input(LogIn).output(SessionView),
  session: oc.route({ method: 'GET', path: '/session' }).output(SessionView),
  logOut: oc.route({ method: 'DELETE', path: '/session' }).output(Done),
  setLanguage: oc
    .route({ method: 'PUT', path: '/session/language' })
    .input(z.object({ language: z.enum(['zh', 'en']) }))
    .output(SessionView),
  changePassword: oc
    .route({ method: 'POST', path: '/session/password' })
    .input(z.object({ current: z.string().max(128), next: z.string().max(128) }))
    .output(Done),
  startTotp: oc
    .route({ method: 'POST', path: '/session/totp' })
    // Not needed in the first minutes of a session: asked for with `password-required`.
    .input(z.object({ password: z.string().max(128).optional() }).default({}))
    .output(z.object({ secret: z.string(), uri: z.string() })),
  confirmTotp: oc
    .route({ method: 'POST', path: '/session/totp/confirm' })
    .input(z.object({ code: z.string().regex(/^\d{6}$/) }))
    .output(Done),
  removeTotp: oc
    .route({ method: 'DELETE', path: '/session/totp' })
    .input(z.object({ password: z.string().max(128) }))
    .output(Done),
  accounts: oc.route({ method: 'GET', path: '/accounts' }).output(z.array(AccountView)),
  createAccount: oc
    .route({ method: 'POST', path: '/accounts', successStatus: 201 })
    .input(
      z.object({
        username: z.string().regex(/^[a-z][a-z0-9._-]{2,31}$/),
        displayName: RequiredLine(60),
        title: Title.nullable().default(null),
        licenceNumber: LicenceNumber.default(null),
        password: z.string().max(128),
        /** Good for the first log-in alone, where it must be changed. */
        oneTime: z.boolean().default(false),
        facilityId: Id,
        roles: z.array(Role).min(1).max(8),
        /** The facility's centres that a reader works for. */
        centreIds: CentreIds.default([]),
      }),
    )
    .output(AccountView),
  setAccount: oc
    .route({ method: 'PATCH', path: '/accounts/{id}' })
    .input(
      z.object({
        id: Id,
        facilityId: Id,
        roles: z.array(Role).max(8).optional(),
        /** All of the facility's centres that the person reads for from now on; absent leaves them as they are. */
        centreIds: CentreIds.optional(),
        displayName: RequiredLine(60).optional(),
        title: Title.nullable().optional(),
        licenceNumber: LicenceNumber.optional(),
        disabled: z.boolean().optional(),
        unlock: z.literal(true).optional(),
      }),
    )
    .output(AccountView),
  /** The one-time password is shown once, in this answer. */
  resetPassword: oc
    .route({ method: 'POST', path: '/accounts/{id}/reset-password' })
    .input(z.object({ id: Id, facilityId: Id }))
    .output(z.object({ password: z.string(), until: Instant })),
  machineTokens: oc.route({ method: 'GET', path: '/machine-tokens' }).output(z.array(MachineTokenView)),
  /** The token itself is shown once, in this answer. */
  createMachineToken: oc
    .route({ method: 'POST', path: '/machine-tokens', successStatus: 201 })
    .input(
      z.object({
        facilityId: Id,
        name: Line(60).min(1),
        scopes: z.array(MachineScope).min(1).max(3),
        expiresAt: Instant.optional(),
      }),
    )
    .output(MachineTokenView.extend({ token: z.string() })),
  revokeMachineToken: oc
    .route({ method: 'DELETE', path: '/machine-tokens/{id}' })
    .input(z.object({ id: Id }))
    .output(Done),
};
