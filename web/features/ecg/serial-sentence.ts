import type { EcgMeasurements } from '@lianzhen/contracts/ecg-measurements.ts';
import { type ComparisonRow, comparisonRows } from '@lianzhen/ecg/signal/compare-traces.ts';
import { dayTime } from './trace-time.ts';

const names: Readonly<Record<string, string>> = {
  heartRate: '心率',
  prMs: 'PR 间期',
  qrsMs: 'QRS 时限',
  qtcBazettMs: 'QTc（Bazett）',
  axisQrs: 'QRS 电轴',
};
const units = { ms: ' ms', bpm: ' 次/分', deg: '°', uV: ' μV' } as const;
const shown = (value: number | null) => String(Math.round(value ?? 0)).replace('-', '−');

/** A change of one number of the whole trace; nothing for those that follow from others. */
function wholeText({ measure, lead, before, after, difference, unit }: ComparisonRow): string | undefined {
  const name = lead === null ? names[measure] : undefined;
  if (!name || difference === null) return undefined;
  const verb = unit === 'deg' ? '变为' : difference > 0 ? '增至' : '减至';
  return `${name}由 ${shown(before)} ${verb} ${shown(after)}${units[unit]}`;
}

interface Shift {
  measure: 'jUv' | 'tUv';
  says: (row: ComparisonRow) => string | undefined;
}
const shifts: readonly Shift[] = [
  { measure: 'jUv', says: ({ difference }) => ((difference ?? 0) > 0 ? ' 导联 ST 段较前抬高' : ' 导联 ST 段较前压低') },
  {
    measure: 'tUv',
    says: ({ before, after }) => {
      if (before === null || after === null) return undefined;
      if (before > 0 && after < 0) return ' 导联 T 波较前倒置';
      if (before < 0 && after > 0) return ' 导联 T 波较前直立';
      return Math.abs(after) > Math.abs(before) ? ' 导联 T 波较前增高' : ' 导联 T 波较前降低';
    },
  },
];

/** The leads of every change that several of them share: V2、V3、V4 导联 ST 段较前抬高. */
function leadTexts(rows: readonly ComparisonRow[]): string[] {
  return shifts.flatMap(({ measure, says }) => {
    const notable = rows.filter((row) => row.measure === measure && row.lead !== null && row.isNotable);
    const groups = Map.groupBy(notable, says);
    return [...groups].flatMap(([what, members]) =>
      what ? [`${members.map(({ lead }) => lead).join('、')}${what}`] : [],
    );
  });
}

export interface EarlierTrace {
  acquiredAt: string | null;
  facilityName: string;
}

/** The sentence that compares a trace with an earlier one by their numbers: proposed, never written by itself. */
export function serialSentence(
  earlier: EarlierTrace,
  before: EcgMeasurements | null,
  after: EcgMeasurements | null,
): string | null {
  if (!before || !after) return null;
  const rows = comparisonRows(before, after);
  const changes = [
    ...rows.filter(({ isNotable }) => isNotable).flatMap((row) => wholeText(row) ?? []),
    ...leadTexts(rows),
  ];
  const when = earlier.acquiredAt ? ` ${dayTime(earlier.acquiredAt)}` : '前次';
  const than = `与${when}（${earlier.facilityName}）心电图比较：`;
  return `${than}${changes.length > 0 ? changes.join('；') : '各项测量值无明显变化'}。`.slice(0, 1000);
}
