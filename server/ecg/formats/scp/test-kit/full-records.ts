import { i16, join, text, u8, u16 } from './byte-parts.ts';
import { ecgLeads } from './heart.ts';
import { code } from './huffman-encode.ts';
import { type Coding, writeScp } from './write-scp.ts';

const areas = [41, 201].map((first) => ({ first, last: first + 47 }));
const beats = areas.map(({ first }) => ({ type: 0, first: first - 30, fiducial: first + 20, last: first + 89 }));
const beat = Array.from({ length: 120 }, (_, at) => Math.round(90 * Math.sin(at / 9)));

const report = join(u8(1), u16(2026), u8(3, 4), u8(5, 6, 7));
const line = (number: number, contents: Buffer) => join(u8(number), u16(contents.length), contents);
const points = join(u16(80, 180, 240, 340, 620), i16(44, -61, 86));
const spike = join(u16(120), i16(900), u8(1, 1), u16(0, 400));

const sections = new Map<number, Buffer>([
  [7, join(u8(2, 1), u16(800, 800), points, points, spike, u16(2), u8(0, 0), u16(75, 75, 421), u8(1), u16(0))],
  [8, join(report, u8(2), line(1, text('Sinus rhythm')), line(2, text('Normal ECG')))],
  [9, Buffer.from('a manufacturer')],
  [10, join(u16(2, 0), u16(1, 8), i16(100, 150, 90, 400), u16(2, 8), i16(100, 150, 90, 400))],
  [11, join(report, u8(1), line(1, join(u8(1), text('NORM'), text('PR_OL'))))],
]);
const tags = [
  [0, text('Zhang')],
  [1, text('San')],
  [2, text('P-1')],
  [4, join(u16(49), u8(1))],
  [10, join(u8(0, 1, 2), text('Digoxin'))],
  [
    14,
    join(Buffer.alloc(16), u8(39), Buffer.alloc(18), u8(4), text('1.2'), text('SN'), text('5'), text('6'), text('T')),
  ],
  [25, join(u16(2026), u8(3, 4))],
  [26, u8(5, 6, 7)],
  [34, join(i16(480), u16(0), u8(0))],
] as const;

const quiet = [code('00', 0), code('01', 1), code('10', -1), code('110', 2, { isSwitch: true })];
const loud = [code('1', 0, { extra: 16 }), code('0', 1, { isSwitch: true })];

/** Records with every section of the standard, one for each way to compress. */
export const fullRecords: ReadonlyArray<readonly [name: string, record: Buffer]> = [
  ['plain', full('plain', 0)],
  ['default table', full('default', 1)],
  ['tables of its own', full([quiet, loud], 2)],
  ['reference beat and decimation', full('default', 2, { isSubtracted: true, bimodal: { factor: 4, areas } })],
];

function full(coding: Coding, order: number, more: Partial<Parameters<typeof writeScp>[0]> = {}): Buffer {
  const leads = ecgLeads({ count: 320, codes: ['I', 'II', 'V1'] }).map((lead) => ({ ...lead, beat }));
  return writeScp({ leads, coding, order, reference: { fiducial: 51 }, beats, tags, sections, ...more });
}
