import type { Role } from '@lianzhen/contracts/access.ts';

/** The demo region of the product: stable codes, Chinese names. */
export const facilities = [
  {
    code: 'G01',
    name: '凉州区卫生健康局',
    nameEn: 'District Health Commission',
    level: 'county',
    kind: 'commission',
    parent: null,
  },
  {
    code: 'P01',
    name: '天津医科大学附属第二医院',
    nameEn: 'Paired Tertiary Hospital',
    level: 'province',
    kind: 'hospital',
    parent: null,
  },
  {
    code: 'C01',
    name: '凉州区人民医院',
    nameEn: 'County People’s Hospital',
    level: 'county',
    kind: 'hospital',
    parent: 'G01',
  },
  {
    code: 'C02',
    name: '古浪县人民医院',
    nameEn: 'Second County Hospital',
    level: 'county',
    kind: 'hospital',
    parent: 'G01',
  },
  {
    code: 'T01',
    name: '黄羊镇中心卫生院',
    nameEn: 'Huangyang Township Health Centre',
    level: 'township',
    kind: 'hospital',
    parent: 'C01',
  },
  {
    code: 'T02',
    name: '永昌镇卫生院',
    nameEn: 'Yongchang Township Health Centre',
    level: 'township',
    kind: 'hospital',
    parent: 'C01',
  },
  { code: 'V01', name: '二坝村卫生室', nameEn: 'Erba Village Clinic', level: 'village', kind: 'clinic', parent: 'T01' },
] as const;

export const centres = [
  { facility: 'C01', line: 'imaging', name: '区域影像诊断中心', nameEn: 'Imaging Centre' },
  {
    facility: 'C01',
    line: 'ecg',
    name: '区域心电诊断中心',
    nameEn: 'ECG Centre',
    signatures: 'one-when-normal',
  },
  { facility: 'C01', line: 'pathology', name: '区域病理诊断中心', nameEn: 'Pathology Centre' },
  { facility: 'C01', line: 'laboratory', name: '区域医学检验中心', nameEn: 'Laboratory Centre' },
  { facility: 'C02', line: 'imaging', name: '影像诊断中心', nameEn: 'Imaging Centre' },
  { facility: 'P01', line: 'imaging', name: '医学影像科', nameEn: 'Radiology' },
] as const;

const alliance = ['imaging', 'ecg', 'pathology', 'laboratory', 'consultation'];
const deadlines = [
  { line: 'imaging', urgency: 'emergency', minutes: 30 },
  { line: 'imaging', urgency: 'urgent', minutes: 60 },
  { line: 'imaging', urgency: 'routine', minutes: 120 },
  { line: 'ecg', urgency: 'emergency', minutes: 10 },
  { line: 'ecg', urgency: 'urgent', minutes: 15 },
  { line: 'ecg', urgency: 'routine', minutes: 30 },
];
export const agreements = [
  { number: 'YLT-2026-T01', from: 'T01', to: 'C01', kind: 'alliance', lines: alliance, deadlines },
  { number: 'YLT-2026-T02', from: 'T02', to: 'C01', kind: 'alliance', lines: alliance, deadlines },
  {
    number: 'YLT-2026-V01',
    from: 'V01',
    to: 'C01',
    kind: 'alliance',
    lines: ['imaging', 'ecg', 'consultation'],
    deadlines,
  },
  { number: 'YLT-2026-C01', from: 'C01', to: 'C01-self', kind: 'alliance', lines: ['imaging'], deadlines },
  { number: 'DKBF-2026-P01', from: 'C01', to: 'P01', kind: 'pairing', lines: ['imaging', 'consultation'], deadlines },
  { number: 'DKBF-2026-T01', from: 'T01', to: 'P01', kind: 'pairing', lines: ['consultation'], deadlines: [] },
].filter((agreement) => agreement.to !== 'C01-self');

/** A pairing needs at least one annual and one long-term target. */
export const pairingTargets = [
  { term: 'annual', indicator: '远程会诊例数', unit: '例', target: 200, actual: 0 },
  { term: 'annual', indicator: '派驻人员满 6 个月', unit: '人', target: 5, actual: 0 },
  { term: 'long-term', indicator: '县域内就诊率', unit: '%', target: 90, actual: 0 },
];

type SeatRow = readonly [
  username: string,
  displayName: string,
  facility: string,
  title: string | null,
  roles: readonly Role[],
  /** The line of the facility's centre that a reader works for. */
  reads?: string,
];
export const accounts: readonly SeatRow[] = [
  ['village01', '马秀兰', 'V01', null, ['requesting-doctor']],
  ['township01', '李文军', 'T01', 'attending', ['requesting-doctor']],
  ['tech01', '王小燕', 'T01', null, ['technician']],
  ['township02', '赵建国', 'T02', 'attending', ['requesting-doctor']],
  ['radiologist01', '陈雨桐', 'C01', 'resident', ['reader'], 'imaging'],
  ['radiologist02', '周志强', 'C01', 'attending', ['reader', 'senior-reader'], 'imaging'],
  ['ecg01', '孙丽华', 'C01', 'resident', ['reader'], 'ecg'],
  ['ecg02', '吴国栋', 'C01', 'associate-chief', ['reader', 'senior-reader'], 'ecg'],
  ['pathologist01', '郑敏', 'C01', 'attending', ['reader'], 'pathology'],
  ['pathologist02', '冯海涛', 'C01', 'associate-chief', ['reader', 'senior-reader'], 'pathology'],
  ['lab01', '蒋晓梅', 'C01', null, ['reader'], 'laboratory'],
  ['lab02', '沈卫东', 'C01', 'attending', ['reader', 'senior-reader'], 'laboratory'],
  ['countyadmin01', '韩雪', 'C01', null, ['facility-admin']],
  ['radiologist03', '杨帆', 'C02', 'attending', ['reader', 'senior-reader'], 'imaging'],
  ['expert01', '许明远', 'P01', 'chief', ['expert', 'reader', 'senior-reader'], 'imaging'],
  ['expert02', '何静', 'P01', 'chief', ['expert']],
  ['expert03', '唐宁', 'P01', 'chief', ['expert']],
  ['tertiaryadmin01', '罗敏', 'P01', null, ['facility-admin']],
  ['regulator01', '曹伟', 'G01', null, ['regulator']],
  ['auditor01', '邓洁', 'G01', null, ['auditor']],
];
export const demoPassword = 'Lianzhen-demo-1';

export const machineTokens = [
  { token: 'demo-device-T01', facility: 'T01', scopes: ['studies:send'] },
  { token: 'demo-device-T02', facility: 'T02', scopes: ['studies:send'] },
  { token: 'demo-his-T01', facility: 'T01', scopes: ['orders:send', 'results:read'] },
  { token: 'demo-his-C01', facility: 'C01', scopes: ['orders:send', 'results:read'] },
  { token: 'demo-his-P01', facility: 'P01', scopes: ['orders:send', 'results:read'] },
] as const;

/** Over HL7 v2 the same systems are known by MSH-3, MSH-4 and an address of this machine or of its own network. */
const nearby = ['127.0.0.0/8', '::1', '10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'];
export const hl7Senders = [
  { application: 'HIS', sendingFacility: 'T01', addresses: nearby },
  { application: 'HIS', sendingFacility: 'C01', addresses: nearby },
  { application: 'HIS', sendingFacility: 'P01', addresses: nearby },
];

export const devices = [
  { aeTitle: 'T01_DR', facility: 'T01', name: '数字 X 线机', modality: 'DX' },
  { aeTitle: 'T01_US', facility: 'T01', name: '彩超', modality: 'US' },
  { aeTitle: 'T02_DR', facility: 'T02', name: '数字 X 线机', modality: 'DX' },
  { aeTitle: 'C01_CT', facility: 'C01', name: '64 排 CT', modality: 'CT' },
] as const;

/** Who is on duty when, in Beijing time: the demo can be tried at any hour of any day. */
const always = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, from: '00:00', to: '23:59' }));
const officeHours = [1, 2, 3, 4, 5].flatMap((weekday) => [
  { weekday, from: '08:00', to: '12:00' },
  { weekday, from: '14:00', to: '18:00' },
]);
export const experts = [
  {
    ...{ username: 'expert01', facility: 'P01', specialty: 'radiology', hours: always },
    introduction: '胸部与腹部影像，主任医师',
    independentSince: '2001-07-01',
  },
  {
    ...{ username: 'expert02', facility: 'P01', specialty: 'cardiology', hours: always },
    introduction: '冠心病与心律失常，主任医师',
    independentSince: '2004-07-01',
  },
  {
    ...{ username: 'expert03', facility: 'P01', specialty: 'pathology', hours: always },
    introduction: '消化与乳腺病理，主任医师',
    independentSince: '2003-07-01',
  },
  {
    ...{ username: 'radiologist02', facility: 'C01', specialty: 'radiology', hours: officeHours },
    introduction: '县域影像诊断，主治医师',
    independentSince: '2014-07-01',
  },
] as const;

/**
 * Who is on duty at the county's ECG centre: one by day, the other by night, so that whoever does not answer is followed
 * by the seniors of the house at once.
 */
export const dutyShifts = [
  { facility: 'C01', line: 'ecg', from: '08:00', to: '17:30', username: 'ecg01' },
  { facility: 'C01', line: 'ecg', from: '17:30', to: '08:00', username: 'ecg02' },
] as const;

export const dutyWriter = '韩雪';

/** ID-card numbers of nobody: the region code 999999 is not issued. The check digits are right. */
export const patients = [
  { name: '张桂芳', sex: 'female', birthDate: '1958-03-12', village: 'V01', facility: 'T01' },
  { name: '刘建军', sex: 'male', birthDate: '1971-11-05', village: 'V01', facility: 'T01' },
  { name: '欧阳雪梅', sex: 'female', birthDate: '1989-07-23', village: null, facility: 'T01' },
  { name: '马占海', sex: 'male', birthDate: '1946-01-30', village: null, facility: 'T02' },
] as const;
