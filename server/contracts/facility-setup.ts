import { oc } from '@orpc/contract';
import { z } from 'zod';
import { DeviceView, FacilityLevel, FacilityView, ServiceLine } from './facilities.ts';
import { Id, Instant, Line, RequiredLine, Revision } from './fields.ts';
import { Signatures } from './signatures.ts';

export const FacilityKind = z.enum(['hospital', 'clinic', 'commission']);
export type FacilityKind = z.infer<typeof FacilityKind>;
type Level = z.infer<typeof FacilityLevel>;

/** The code begins the names of the facility's secrets (`C01-his`), and so has no hyphen. */
export const FacilityCode = z.string().regex(/^[A-Z][A-Z0-9]{1,11}$/, '2 to 12 capital letters and digits, as in C01');
/** PS3.5 table 6.2-1, AE: 16 characters of the default repertoire without backslash; spaces at the ends mean nothing. */
export const AeTitle = z
  .string()
  .trim()
  .regex(/^[\x20-\x5b\x5d-\x7e]{1,16}$/, 'an AE title: 1 to 16 ASCII characters without a backslash');
const HostName = z
  .string()
  .trim()
  .regex(/^[A-Za-z0-9_.:-]{1,253}$/, 'a host name or an address');

/** The levels whose administrators set up facilities below their own. */
const foundingLevels: readonly Level[] = ['county', 'city', 'province'];
/** From the lowest to the highest. */
const byRank: readonly Level[] = FacilityLevel.options;
const levelsBelow = (level: Level): Level[] => byRank.slice(0, byRank.indexOf(level)).reverse();

export const isFounder = ({ level }: { level: Level }): boolean => foundingLevels.includes(level);
/**
 * @param founder whose administrator asks
 * @param parent the founder itself or a facility below it
 * @returns what he may set up directly below the parent, the nearest level first
 */
export const levelsToSetUp = (founder: { level: Level }, parent: { level: Level }): Level[] =>
  isFounder(founder) ? levelsBelow(parent.level).filter((level) => levelsBelow(founder.level).includes(level)) : [];
/** A commission oversees what lies below it, so that only another one sets it up. */
export const kindsToSetUp = (founder: { kind: string }): FacilityKind[] =>
  FacilityKind.options.filter((kind) => kind !== 'commission' || founder.kind === 'commission');

/** A facility that one runs, or one below it, under which another may be set up. */
export const ManagedFacility = FacilityView.extend({
  /** Its centres, machines and systems are one's own to set up. */
  isManaged: z.boolean(),
  /** What may be set up directly below it; empty where nothing may. */
  levelsBelow: z.array(FacilityLevel),
  kindsBelow: z.array(FacilityKind),
});
export type ManagedFacility = z.infer<typeof ManagedFacility>;

export const NewFacility = z.object({
  parentId: Id,
  code: FacilityCode,
  name: RequiredLine(60),
  nameEn: Line(120).nullable().default(null),
  level: FacilityLevel,
  kind: FacilityKind,
  phone: Line(40).nullable().default(null),
  admin: z.object({
    username: z.string().regex(/^[a-z][a-z0-9._-]{2,31}$/, '3 to 32 small letters, digits and . _ -'),
    displayName: RequiredLine(60),
  }),
});
export type NewFacility = z.infer<typeof NewFacility>;

export const FacilityChange = z.object({
  id: Id,
  revision: Revision,
  name: RequiredLine(60),
  nameEn: Line(120).nullable(),
  phone: Line(40).nullable(),
});
const CentreBody = { name: RequiredLine(60), nameEn: Line(120).nullable(), signatures: Signatures.optional() };
/** A facility's centres are part of it: its revision guards them. */
export const NewCentre = z.object({ facilityId: Id, revision: Revision, line: ServiceLine, ...CentreBody });
export const CentreChange = z.object({ facilityId: Id, revision: Revision, id: Id, ...CentreBody });

const DeviceBody = z.object({
  aeTitle: AeTitle,
  name: RequiredLine(60),
  modality: z
    .string()
    .trim()
    .regex(/^[A-Z][A-Z0-9]{1,15}$/, 'a DICOM modality, as in DX or CT')
    .nullable(),
  /** Where the machine accepts associations, for the results of storage commitment; both or none. */
  host: HostName.nullable(),
  port: z.number().int().min(1).max(65_535).nullable(),
});
export const NewDevice = DeviceBody.extend({ facilityId: Id });
export type NewDevice = z.infer<typeof NewDevice>;
export const DeviceChange = DeviceBody.extend({ id: Id, revision: Revision, enabled: z.boolean() });
export type DeviceChange = z.infer<typeof DeviceChange>;
/** What a facility's administrator sets up in a store that has no demo region. */
export const facilitySetupContract = {
  managed: oc.route({ method: 'GET', path: '/managed-facilities' }).output(z.array(ManagedFacility)),
  /** The first administrator's password is shown once, in this answer. */
  createFacility: oc
    .route({ method: 'POST', path: '/facilities', successStatus: 201 })
    .input(NewFacility)
    .output(
      z.object({
        facility: FacilityView,
        admin: z.object({ username: z.string(), password: z.string(), until: Instant }),
      }),
    ),
  changeFacility: oc.route({ method: 'PATCH', path: '/facilities/{id}' }).input(FacilityChange).output(FacilityView),
  createCentre: oc
    .route({ method: 'POST', path: '/facilities/{facilityId}/centres', successStatus: 201 })
    .input(NewCentre)
    .output(FacilityView),
  changeCentre: oc
    .route({ method: 'PATCH', path: '/facilities/{facilityId}/centres/{id}' })
    .input(CentreChange)
    .output(FacilityView),
  createDevice: oc.route({ method: 'POST', path: '/devices', successStatus: 201 }).input(NewDevice).output(DeviceView),
  changeDevice: oc.route({ method: 'PATCH', path: '/devices/{id}' }).input(DeviceChange).output(DeviceView),
};
