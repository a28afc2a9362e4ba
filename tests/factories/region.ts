import { randomUUID } from 'node:crypto';
import { type Role, readingRoles } from '@lianzhen/contracts/access.ts';
import type { Deadline, ServiceLine } from '@lianzhen/contracts/facilities.ts';
import type { Title } from '@lianzhen/contracts/identity.ts';
import type { Db } from '@lianzhen/db/client.ts';
import { type GivenAccount, type GivenFacility, seatAt } from './callers.ts';

interface FacilityOptions {
  code?: string;
  name?: string;
  level?: 'village' | 'township' | 'county' | 'city' | 'province';
  kind?: 'hospital' | 'clinic' | 'commission';
  parent?: GivenFacility;
}
interface AgreementOptions {
  from: GivenFacility;
  to: GivenFacility;
  lines?: ServiceLine[];
  kind?: 'alliance' | 'pairing' | 'east-west' | 'specialty' | 'trusteeship';
  state?: 'draft' | 'signed' | 'ended';
  validFrom?: string;
  validTo?: string;
  deadlines?: Deadline[];
}
interface AccountOptions {
  facility: GivenFacility;
  roles: Role[];
  title?: Title | null;
  name?: string;
  username?: string;
  /** A reader's; all of the facility's where nothing is said. */
  centreIds?: string[];
}
interface PatientOptions {
  facility: GivenFacility;
  name?: string;
  pinyin?: string;
  initials?: string;
  sex?: 'male' | 'female' | 'unknown' | 'unstated';
  birthDate?: string;
  village?: GivenFacility;
  mrn?: string;
}

let counter = 0;
const numbered = (prefix: string): string => `${prefix}${String(++counter).padStart(3, '0')}`;

/**
 * What a test starts from, row by row; every default can be said otherwise.
 * @param database read when a row is asked for, so that `withDatabase()` may be passed before its tests run
 */
export function givenIn(database: { readonly db: Db }) {
  return {
    facility: (options: FacilityOptions = {}) => facility(database.db, options),
    centre: (host: GivenFacility, line: ServiceLine = 'imaging') => centre(database.db, host, line),
    agreement: (options: AgreementOptions) => agreement(database.db, options),
    account: (options: AccountOptions) => account(database.db, options),
    patient: (options: PatientOptions) => patient(database.db, options),
    inbox: (owner: GivenFacility) =>
      database.db.destination.create({ data: { facilityId: owner.id, kind: 'inbox', name: '收件箱' } }),
    exam: (options: Partial<ExamOptions> = {}) => exam(database.db, options),
    region: () => region(database.db),
  };
}
export type Given = ReturnType<typeof givenIn>;

async function facility(db: Db, options: FacilityOptions): Promise<GivenFacility> {
  const code = options.code ?? numbered('F');
  return db.facility.create({
    data: {
      code,
      name: options.name ?? `机构${code}`,
      level: options.level ?? 'township',
      kind: options.kind ?? 'hospital',
      parentId: options.parent?.id ?? null,
    },
  });
}

const agreement = (db: Db, options: AgreementOptions) =>
  db.agreement.create({
    data: {
      number: numbered('协议-'),
      fromId: options.from.id,
      toId: options.to.id,
      kind: options.kind ?? 'alliance',
      lines: options.lines ?? ['imaging'],
      state: options.state ?? 'signed',
      validFrom: new Date(options.validFrom ?? '2020-01-01'),
      validTo: new Date(options.validTo ?? '2099-12-31'),
      deadlines: options.deadlines ?? [],
    },
  });

/** A house's readers work for it, as long as a test says nothing else. */
async function centre(db: Db, host: GivenFacility, line: ServiceLine) {
  const row = await db.centre.create({ data: { facilityId: host.id, line, name: `${host.name}诊断中心` } });
  const readers = await db.account.findMany({
    where: { roles: { some: { facilityId: host.id, role: { in: [...readingRoles] } } } },
    select: { id: true },
  });
  await db.centreMember.createMany({ data: readers.map(({ id }) => ({ accountId: id, centreId: row.id })) });
  return row;
}

async function account(db: Db, options: AccountOptions): Promise<GivenAccount> {
  const username = options.username ?? numbered('user');
  const reads = options.roles.some((role) => readingRoles.includes(role));
  const atHome = reads ? await db.centre.findMany({ where: { facilityId: options.facility.id } }) : [];
  const centreIds = options.centreIds ?? atHome.map(({ id }) => id);
  const row = await db.account.create({
    data: {
      username,
      displayName: options.name ?? `人员${username}`,
      title: options.title ?? null,
      licenceNumber: null,
      // Nobody logs in with this: callers are made, not logged in.
      passwordHash: '!',
      roles: { create: options.roles.map((role) => ({ facilityId: options.facility.id, role })) },
      centres: { create: centreIds.map((centreId) => ({ centreId })) },
    },
  });
  return {
    kind: 'person',
    accountId: row.id,
    username,
    displayName: row.displayName,
    title: row.title,
    licenceNumber: row.licenceNumber,
    seats: [seatAt(options.facility, options.roles)],
    sessionHash: randomUUID(),
  };
}

const patient = (db: Db, options: PatientOptions) =>
  db.patient.create({
    data: {
      name: options.name ?? '张三',
      namePinyin: options.pinyin ?? 'zhangsan',
      nameInitials: options.initials ?? 'zs',
      sex: options.sex ?? 'male',
      birthDate: new Date(options.birthDate ?? '1960-05-01'),
      villageId: options.village?.id ?? null,
      facilities: { create: { facilityId: options.facility.id, reason: 'registered' } },
      identifiers: {
        create: { type: 'mrn', issuer: options.facility.code, value: options.mrn ?? numbered('M'), verified: true },
      },
    },
  });

interface ExamOptions {
  code: string;
  line: ServiceLine;
  name: string;
  modality: string;
  bodyPart: string;
  hasSides: boolean;
}
const exam = (db: Db, options: Partial<ExamOptions>) => {
  const code = options.code ?? numbered('EXAM');
  return db.examCatalogueItem.create({
    data: {
      code,
      line: options.line ?? 'imaging',
      name: options.name ?? '胸部正位',
      nameEn: 'Chest PA',
      modality: options.modality ?? 'DX',
      bodyPart: options.bodyPart ?? 'CHEST',
      bodyPartName: '胸部',
      hasSides: options.hasSides ?? false,
      pinyin: 'xiongbuzhengwei xbzw',
    },
  });
};

/** A village and its township, the county with its imaging centre, a stranger county, and the paired hospital. */
async function region(db: Db) {
  const county = await facility(db, { name: '县人民医院', level: 'county' });
  const township = await facility(db, { name: '镇卫生院', level: 'township', parent: county });
  const village = await facility(db, { name: '村卫生室', level: 'village', kind: 'clinic', parent: township });
  const stranger = await facility(db, { name: '邻县医院', level: 'county' });
  const paired = await facility(db, { name: '省医院', level: 'province' });
  const given = givenIn({ db });
  const centre = await given.centre(county);
  await given.centre(stranger);
  await agreement(db, { from: township, to: county });
  await agreement(db, { from: county, to: paired, kind: 'pairing' });
  const chest = await exam(db, {});
  const hand = await exam(db, { name: '手正斜位', bodyPart: 'HAND', hasSides: true });
  const doctor = await account(db, { facility: township, roles: ['requesting-doctor'], name: '李医生' });
  const technician = await account(db, { facility: township, roles: ['technician'], name: '技师' });
  const resident = await account(db, { facility: county, roles: ['reader'], title: 'resident', name: '王住院' });
  const attending = await account(db, {
    facility: county,
    roles: ['reader', 'senior-reader'],
    title: 'attending',
    name: '赵主治',
  });
  const outsider = await account(db, {
    facility: stranger,
    roles: ['requesting-doctor', 'technician', 'reader', 'senior-reader', 'expert', 'facility-admin'],
    title: 'chief',
    name: '外人',
  });
  const expert = await account(db, { facility: paired, roles: ['expert', 'requesting-doctor'], title: 'chief' });
  const sick = await patient(db, { facility: township, village });
  return {
    ...{ county, township, village, stranger, paired, centre, chest, hand },
    ...{ doctor, technician, resident, attending, outsider, expert, patient: sick },
  };
}
export type Region = Awaited<ReturnType<typeof region>>;
