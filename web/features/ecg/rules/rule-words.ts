import type { CriticalHit } from '@lianzhen/contracts/ecg.ts';
import type { CriticalCondition, CriticalOp, CriticalRule, StatementKey } from '@lianzhen/contracts/ecg-critical.ts';
import type { Threshold, ThresholdUnit, ThresholdWhat } from '@lianzhen/contracts/ecg-rules-thresholds.ts';
import { twelveLeads } from '@lianzhen/ecg/leads.ts';
import type { Language } from '../../../api/texts.ts';

type Pair = readonly [zh: string, en: string];

const measures: Record<ThresholdWhat, Pair> = {
  heartRate: ['平均心室率', 'mean rate'],
  rrMinMs: ['最短 RR 间期', 'shortest RR'],
  rrMaxMs: ['最长 RR 间期', 'longest RR'],
  qrsMs: ['QRS 时限', 'QRS'],
  prMs: ['PR 间期', 'PR'],
  qtMs: ['QT 间期', 'QT'],
  qtcBazettMs: ['QTc（Bazett）', 'QTc (Bazett)'],
  qtcFridericiaMs: ['QTc（Fridericia）', 'QTc (Fridericia)'],
  longestPauseMs: ['最长停搏', 'longest pause'],
  pauseCount: ['3 秒以上停搏', 'pauses of 3 s or longer'],
  rOnTCount: ['R-on-T 室早', 'R-on-T extrasystoles'],
  fibrillationMs: ['室扑室颤波', 'fibrillation waves'],
  st: ['ST 抬高', 'ST elevation'],
  runRateBpm: ['连续搏动的频率', 'rate of the run'],
  runSeconds: ['持续时间', 'lasting'],
};
const statements: Record<StatementKey, Pair> = {
  'acute-infarction': ['急性心肌梗死', 'acute infarction'],
  'ventricular-tachycardia': ['室性心动过速', 'ventricular tachycardia'],
  'ventricular-fibrillation': ['室扑、室颤', 'ventricular flutter or fibrillation'],
  torsade: ['尖端扭转型室速', 'torsade de pointes'],
  'complete-av-block': ['三度房室传导阻滞', 'complete AV block'],
  asystole: ['停搏', 'asystole'],
  hyperkalaemia: ['高钾血症', 'hyperkalaemia'],
  'atrial-fibrillation': ['房颤、房扑', 'atrial fibrillation or flutter'],
  'pre-excitation': ['预激', 'pre-excitation'],
};
const units: Record<ThresholdUnit, Pair> = {
  bpm: ['次/分', '/min'],
  ms: ['ms', 'ms'],
  s: ['秒', 's'],
  uV: ['mV', 'mV'],
  count: ['次', ''],
};
const signs: Record<CriticalOp, string> = { '>=': '≥', '>': '>', '<=': '≤', '<': '<' };

const say = (pair: Pair, language: Language): string => pair[language === 'zh' ? 0 : 1];

/** Heights are stored in microvolts and said in millivolts, as on paper. */
export const shownNumber = (unit: ThresholdUnit, value: number): string =>
  unit === 'uV' ? (value / 1000).toFixed(value % 10 === 0 ? 2 : 3) : String(value);
export const unitName = (unit: ThresholdUnit, language: Language): string => say(units[unit], language);
export const signOf = (op: CriticalOp): string => signs[op];
export const valueText = (unit: ThresholdUnit, value: number, language: Language): string =>
  `${shownNumber(unit, value)} ${unitName(unit, language)}`.trim();

/** `0.05–0.50 mV`: what may be entered. */
export const rangeText = ({ unit, min, max }: Threshold, language: Language): string =>
  `${shownNumber(unit, min)}–${valueText(unit, max, language)}`;

export const thresholdName = ({ what, leads }: Pick<Threshold, 'what' | 'leads'>, language: Language): string =>
  [say(measures[what], language), leads.join(' ')].filter(Boolean).join(' ');

const unitOf: Partial<Record<ThresholdWhat, ThresholdUnit>> = {
  heartRate: 'bpm',
  pauseCount: 'count',
  rOnTCount: 'count',
};

function conditionText(condition: CriticalCondition, language: Language): string {
  const zh = language === 'zh';
  const measured = (what: ThresholdWhat, op: CriticalOp, unit: ThresholdUnit, value: number) =>
    `${say(measures[what], language)} ${signs[op]} ${valueText(unit, value, language)}`;
  if (condition.kind === 'statement') {
    const said = say(statements[condition.says], language);
    return zh ? `设备提示“${said}”` : `the recorder says “${said}”`;
  }
  if (condition.kind === 'number') {
    const { measure, op, value } = condition;
    return measured(measure, op, unitOf[measure] ?? 'ms', value);
  }
  if (condition.kind === 'st') return stText(condition, language);
  const { op, rateBpm, forSeconds, orWholeTrace, wide, regular } = condition;
  const kinds: Array<Pair | false> = [
    wide === true && ['宽 QRS', 'wide'],
    wide === false && ['窄 QRS', 'narrow'],
    regular === true && ['节律规则', 'regular'],
    regular === false && ['节律不规则', 'irregular'],
  ];
  const kind = kinds.flatMap((one) => (one ? [say(one, language)] : [])).join(zh ? '、' : ', ');
  const lasting = forSeconds > 0 ? `${zh ? '，' : ', '}${measured('runSeconds', '>=', 's', forSeconds)}` : '';
  const whole = forSeconds > 0 && orWholeTrace ? (zh ? '或贯穿整段记录' : ' or the whole trace') : '';
  const rate = `${signs[op]} ${valueText('bpm', rateBpm, language)}`;
  return zh
    ? `${kind && `${kind}${/[A-Z]$/.test(kind) ? ' ' : ''}的`}连续搏动 ${rate}${lasting}${whole}`
    : `${kind} run ${rate}${lasting}${whole}`.trim();
}

const placeOf = (lead: string): number => {
  const place = (twelveLeads as readonly string[]).indexOf(lead);
  return place < 0 ? twelveLeads.length : place;
};
/** Leads of one height are named together: `II III aVF ≥ 0.10 mV`. */
function stText({ fromUv, atLeast }: Extract<CriticalCondition, { kind: 'st' }>, language: Language): string {
  // What was kept in the database has its leads in another order.
  const leads = Object.keys(fromUv).toSorted((a, b) => placeOf(a) - placeOf(b) || a.localeCompare(b));
  const byHeight = Map.groupBy(leads, (lead) => fromUv[lead] ?? 0);
  const parts = [...byHeight].map(([height, named]) => `${named.join(' ')} ≥ ${valueText('uV', height, language)}`);
  const zh = language === 'zh';
  return `${say(measures.st, language)} ${parts.join(zh ? '，' : ', ')}${zh ? `（相邻 ${atLeast} 个导联）` : ` (${atLeast} neighbouring leads)`}`;
}

/** What a pattern asks for: one line for each group, of which one suffices. */
export const ruleLines = ({ anyOf }: Pick<CriticalRule, 'anyOf'>, language: Language): string[] =>
  anyOf.map((group) =>
    group
      .map((condition) => conditionText(condition, language))
      .reduce(
        (said, next) => `${said}${language === 'zh' ? `，且${/^[A-Z]/.test(next) ? ' ' : ''}` : ', and '}${next}`,
      ),
  );

/** Whether two lists ask for the same, whatever they call it and wherever it comes from. */
export const asksTheSame = (
  a: Pick<CriticalRule, 'anyOf' | 'trace'>,
  b: Pick<CriticalRule, 'anyOf' | 'trace'>,
): boolean => a.trace === b.trace && ruleLines(a, 'en').join('\n') === ruleLines(b, 'en').join('\n');

/**
 * What met a pattern, as `II ST 抬高 0.35 mV（≥ 0.10 mV）`: where, what was measured, its value and the threshold; or what
 * the recorder said.
 */
export function becauseText(
  { measure, lead, value, limit }: CriticalHit['because'][number],
  language: Language,
): string {
  const zh = language === 'zh';
  if (measure === 'statement') return zh ? `设备提示“${value}”` : `the recorder says “${value}”`;
  // Everything else is the height of a point after the QRS.
  const what = (Object.hasOwn(measures, measure) ? measure : 'st') as ThresholdWhat;
  const unit = becauseUnits[what] ?? unitOf[what] ?? 'ms';
  const [op = '', height = ''] = String(limit).split(' ');
  const asked = `${signs[op as CriticalOp] ?? op} ${valueText(unit, Number(height), language)}`;
  const found = [lead, say(measures[what], language), valueText(unit, Number(value), language)]
    .filter(Boolean)
    .join(' ');
  return zh ? `${found}（${asked}）` : `${found} (${asked})`;
}
const becauseUnits: Partial<Record<ThresholdWhat, ThresholdUnit>> = { st: 'uV', runRateBpm: 'bpm', runSeconds: 's' };
