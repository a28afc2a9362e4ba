import type { Region } from './region.ts';

/** What a test says otherwise; `null` leaves a segment out, a text replaces it. */
export interface Hl7Changes {
  controlId?: string;
  placer?: string;
  type?: string;
  application?: string;
  facility?: string;
  charset?: string;
  processing?: string;
  version?: string;
  centre?: string;
  accept?: string;
  segments?: Partial<Record<'PID' | 'PV1' | 'ORC' | 'TQ1' | 'OBR' | 'DG1' | 'NTE' | 'OBX' | 'CON', string | null>>;
}

let counter = 0;
export const nextNumber = (prefix: string): string => `${prefix}${String(++counter).padStart(4, '0')}`;

/** A complete OMG^O19 of the region's township for its patient, as a hospital's system writes it. */
export function hl7Order(region: Region, mrn: string, changes: Hl7Changes = {}): string {
  const placer = changes.placer ?? nextNumber('P');
  const segments = {
    PID: `PID|1||${mrn}^^^HIS^MR||张^三||19600501|M|||凉州区黄羊镇^^武威^甘肃||13900000001`,
    PV1: `PV1|1|O|内科||||||||||||||||V-${placer}`,
    ORC: `ORC|NW|${placer}^HIS||||||||||||||||`,
    TQ1: 'TQ1|1||||||||A',
    OBR: `OBR|1|${placer}^HIS||${region.chest.code}^胸部正位^99LIANZHEN|||||||||咳嗽三天，发热||||||||||||||||||^排除肺炎`,
    DG1: 'DG1|1||R05^咳嗽^I10|咳嗽',
    NTE: 'NTE|1|L|青霉素过敏',
    OBX: 'OBX|1|NM|8310-5^体温^LN||38.5|℃|||||F',
    CON: 'CON|1||||||||||A||20261122090000+0800|||||||||||张^三|1',
    ...changes.segments,
  };
  const consent = segments.CON?.startsWith('CON|1||||||||||A') ? segments.CON.replace('||A|', '|W|A|') : segments.CON;
  return [head(region, changes), ...Object.values({ ...segments, CON: consent }).filter((one) => one !== null)]
    .map((segment) => `${segment}\r`)
    .join('');
}

/** A cancellation of the order with this number. */
export const hl7Cancel = (region: Region, placer: string, reason: string, changes: Hl7Changes = {}): string =>
  `${head(region, changes)}\rPID|1\rORC|CA|${placer}^HIS||||||||||||||${reason ? `^${reason}` : ''}\r`;

function head(region: Region, changes: Hl7Changes): string {
  const { application = 'HIS', facility = region.township.code, centre = region.county.code } = changes;
  const { type = 'OMG^O19^OMG_O19', processing = 'P', version = '2.5.1', accept = '' } = changes;
  const controlId = changes.controlId ?? nextNumber('C');
  const charset = changes.charset ?? 'UNICODE UTF-8';
  const stamp = '20261122100000+0800';
  return `MSH|^~\\&|${application}|${facility}|LIANZHEN|${centre}|${stamp}||${type}|${controlId}|${processing}|${version}|||${accept || '|'}|CHN|${charset}`;
}
