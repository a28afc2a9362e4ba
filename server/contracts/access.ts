import { z } from 'zod';

export const Role = z.enum([
  'requesting-doctor',
  'technician',
  'reader',
  'senior-reader',
  'expert',
  'facility-admin',
  'regulator',
  'auditor',
]);
export type Role = z.infer<typeof Role>;
/** Whoever reads works for named centres of his facility, and sees their cases. */
export const readingRoles: readonly Role[] = ['reader', 'senior-reader'];

/** What a machine token may do. */
export const MachineScope = z.enum(['studies:send', 'orders:send', 'results:read']);
export type MachineScope = z.infer<typeof MachineScope>;

/**
 * Who may do what, in a facility where one holds the role. What is not listed is refused.
 * A rule that also depends on the case (writer, reviewer, lease) is checked by its use case.
 */
export const permissions = {
  'facility:read': [
    'requesting-doctor',
    'technician',
    'reader',
    'senior-reader',
    'expert',
    'facility-admin',
    'regulator',
    'auditor',
  ],
  'facility:manage': ['facility-admin'],
  'agreement:read': ['facility-admin', 'regulator', 'requesting-doctor', 'senior-reader'],
  'agreement:manage': ['facility-admin'],
  'account:manage': ['facility-admin'],
  'patient:read': ['requesting-doctor', 'technician', 'reader', 'senior-reader', 'expert'],
  'patient:write': ['requesting-doctor', 'technician', 'reader', 'senior-reader'],
  'patient:merge': ['senior-reader', 'facility-admin'],
  'order:read': ['requesting-doctor', 'technician', 'reader', 'senior-reader', 'expert'],
  'order:write': ['requesting-doctor'],
  'order:supplement': ['requesting-doctor', 'technician'],
  'study:read': ['requesting-doctor', 'technician', 'reader', 'senior-reader', 'expert'],
  'study:send': ['technician', 'requesting-doctor'],
  'study:attach': ['technician', 'reader', 'senior-reader', 'requesting-doctor'],
  'quarantine:decide': ['technician', 'reader', 'senior-reader', 'facility-admin'],
  'trace:measure': ['reader', 'senior-reader', 'expert'],
  'alarm:read': ['requesting-doctor', 'technician', 'reader', 'senior-reader', 'expert'],
  /** Of those who are called: see server/api/ecg/called-to.ts. */
  'alarm:answer': ['reader', 'senior-reader', 'expert'],
  /** Where the trace came from. */
  'alarm:confirm': ['requesting-doctor', 'technician'],
  'worklist:read': ['reader', 'senior-reader'],
  'case:claim': ['reader', 'senior-reader'],
  'case:return': ['reader', 'senior-reader'],
  'report:read': ['requesting-doctor', 'technician', 'reader', 'senior-reader', 'expert'],
  'report:write': ['reader', 'senior-reader'],
  'report:review': ['senior-reader'],
  'template:manage': ['reader', 'senior-reader'],
  'delivery:read': ['requesting-doctor', 'reader', 'senior-reader', 'facility-admin', 'regulator'],
  'delivery:resend': ['senior-reader', 'reader', 'facility-admin'],
  'result:acknowledge': ['requesting-doctor', 'technician', 'expert'],
  'site-check:run': ['requesting-doctor', 'technician', 'reader', 'senior-reader', 'expert', 'facility-admin'],
  'consultation:read': ['requesting-doctor', 'technician', 'reader', 'senior-reader', 'expert'],
  'consultation:request': ['requesting-doctor', 'reader', 'senior-reader', 'expert'],
  'consultation:answer': ['senior-reader', 'expert'],
  'audit:read': ['auditor'],
} as const satisfies Record<string, readonly Role[]>;

export type Action = keyof typeof permissions;

export const rolesMay = (roles: readonly Role[], action: Action): boolean =>
  roles.some((role) => (permissions[action] as readonly Role[]).includes(role));

/** Every role that may do something. */
export const rolesWith = (action: Action): Role[] => [...permissions[action]];
