import type {
  CriticalCondition,
  CriticalRule,
  CriticalRuleSet,
  StatementKey,
} from '@lianzhen/contracts/ecg-critical.ts';

const says = (key: StatementKey): CriticalCondition => ({ kind: 'statement', says: key });
const number = (
  measure: Extract<CriticalCondition, { kind: 'number' }>['measure'],
  op: '>=' | '>' | '<=' | '<',
  value: number,
): CriticalCondition => ({ kind: 'number', measure, op, value });

type Run = Extract<CriticalCondition, { kind: 'run' }>;
/** A ten-second trace cannot show thirty seconds: a run that fills it counts. */
const run = (rateBpm: number, forSeconds: number, more: Pick<Run, 'wide' | 'regular'>): Run => ({
  kind: 'run',
  op: '>=',
  rateBpm,
  forSeconds,
  orWholeTrace: true,
  ...more,
});

/** Leads that look at neighbouring walls of the heart. */
const groups = [
  ['I', 'aVL'],
  ['II', 'III', 'aVF'],
  ['V1', 'V2'],
  ['V2', 'V3'],
  ['V3', 'V4'],
  ['V4', 'V5'],
  ['V5', 'V6'],
];
const limb = { I: 100, II: 100, III: 100, aVL: 100, aVF: 100 };
const st = (chest: Record<string, number>): CriticalCondition => ({
  kind: 'st',
  point: 'jUv',
  fromUv: { ...limb, ...chest },
  groups,
  atLeast: 2,
});

const shanxi = '山西省心电图危急值 (m.fx361.cc 20475326)';
const zhejiang = '浙江省心电图危急值 (tftnews.com news4605187)';

/** Rhythms that no list of numbers describes as well as a recorder's own words and a wide run or a chaos of waves. */
const ventricular = (source: string, rateBpm: number, forSeconds: number): CriticalRule => ({
  code: 'ventricular-tachycardia',
  zh: '室性心动过速',
  en: 'ventricular tachycardia',
  trace: 'any',
  anyOf: [[run(rateBpm, forSeconds, { wide: true })], [says('ventricular-tachycardia')]],
  source,
});
const fibrillation = (source: string): CriticalRule => ({
  code: 'ventricular-fibrillation',
  zh: '心室扑动、心室颤动、尖端扭转型室性心动过速',
  en: 'ventricular flutter or fibrillation, torsade de pointes',
  trace: 'any',
  anyOf: [[number('fibrillationMs', '>=', 3000)], [says('ventricular-fibrillation')], [says('torsade')]],
  source,
});
const avBlock = (source: string): CriticalRule => ({
  code: 'complete-av-block',
  zh: '三度房室传导阻滞',
  en: 'complete atrioventricular block',
  trace: 'any',
  anyOf: [[says('complete-av-block')]],
  source: `${source}；以记录仪的诊断语句为准 (by the statement of the recorder)`,
});
const preExcited = (source: string, op: '<=' | '<'): CriticalRule => ({
  code: 'pre-excited-atrial-fibrillation',
  zh: `心房颤动伴预激，最短RR间期${op === '<' ? '<' : '≤'}250 ms`,
  en: `pre-excited atrial fibrillation, shortest RR ${op} 250 ms`,
  trace: 'any',
  anyOf: [
    [run(100, 0, { wide: true, regular: false }), number('rrMinMs', op, 250)],
    [says('atrial-fibrillation'), says('pre-excitation'), number('rrMinMs', op, 250)],
  ],
  source,
});
const infarction = (source: string, chest: Record<string, number>): CriticalRule => ({
  code: 'st-elevation',
  zh: 'ST段抬高，疑急性心肌梗死',
  en: 'ST elevation, suspected acute myocardial infarction',
  trace: 'resting',
  anyOf: [[st(chest)], [says('acute-infarction')]],
  source: `${source}；相邻两个导联，取 J 点 (in two neighbouring leads, at the J point)`,
});

export const shanxiRules: CriticalRuleSet = {
  code: 'shanxi',
  version: 1,
  zh: '山西省心电图危急值',
  en: 'Shanxi list of critical ECG values',
  province: '140000',
  source: shanxi,
  validFrom: '2021-01-01',
  rules: [
    infarction(shanxi, { V1: 300, V2: 300, V3: 300, V4: 100, V5: 100, V6: 100 }),
    fibrillation(shanxi),
    ventricular(
      `${shanxi}；原目录未列心率，取 100 次/分、连续 3 次 (the list names no rate: 100 beats a minute, three beats)`,
      100,
      0,
    ),
    {
      code: 'fast-supraventricular',
      zh: '室上性心动过速、心房颤动、心房扑动，心室率≥180次/分，持续≥30秒',
      en: 'supraventricular tachycardia, atrial fibrillation or flutter, 180 a minute or faster for 30 s',
      trace: 'any',
      anyOf: [[run(180, 30, { wide: false })]],
      source: shanxi,
    },
    preExcited(shanxi, '<='),
    {
      code: 'long-qt-r-on-t',
      zh: 'QTc显著延长伴R-on-T室性早搏',
      en: 'long QTc with R-on-T extrasystoles',
      trace: 'any',
      anyOf: [[number('qtcBazettMs', '>=', 500), number('rOnTCount', '>=', 1)]],
      source: `${shanxi}；原目录未列 QTc，取 500 ms (the list names no QTc: 500 ms, Bazett)`,
    },
    avBlock(shanxi),
  ],
};

const slow = (source: string, below: number): CriticalRule => ({
  code: 'slow',
  zh: `平均心室率<${below}次/分`,
  en: `mean ventricular rate below ${below} a minute`,
  trace: 'any',
  anyOf: [[number('heartRate', '<', below)]],
  source,
});
const pause = (source: string): CriticalRule => ({
  code: 'pause',
  zh: 'RR长间歇≥3.0秒',
  en: 'pause of 3.0 s or longer',
  trace: 'resting',
  anyOf: [[number('longestPauseMs', '>=', 3000)], [says('asystole')]],
  source,
});

export const zhejiangRules: CriticalRuleSet = {
  code: 'zhejiang',
  version: 1,
  zh: '浙江省心电图危急值',
  en: 'Zhejiang list of critical ECG values',
  province: '330000',
  source: zhejiang,
  validFrom: '2021-01-01',
  rules: [
    infarction(`${zhejiang}；原目录未列抬高幅度，同默认目录 (the list names no height: as the default list)`, {
      V1: 100,
      V2: 200,
      V3: 200,
      V4: 100,
      V5: 100,
      V6: 100,
    }),
    fibrillation(
      `${zhejiang}；原目录未列，因不可缺而保留 (not named by the list, kept because nobody would want it left out)`,
    ),
    ventricular(zhejiang, 150, 30),
    {
      code: 'fast-supraventricular',
      zh: '室上性心动过速，心室率≥230次/分',
      en: 'supraventricular tachycardia, 230 a minute or faster',
      trace: 'any',
      anyOf: [[run(230, 0, { wide: false, regular: true })]],
      source: zhejiang,
    },
    {
      code: 'fast-atrial-fibrillation',
      zh: '心房颤动、心房扑动，心室率≥180次/分',
      en: 'atrial fibrillation or flutter, 180 a minute or faster',
      trace: 'any',
      anyOf: [
        [run(180, 0, { wide: false, regular: false })],
        [says('atrial-fibrillation'), number('heartRate', '>=', 180)],
      ],
      source: zhejiang,
    },
    preExcited(zhejiang, '<'),
    slow(zhejiang, 35),
    pause(zhejiang),
    avBlock(zhejiang),
    {
      code: 'long-pause-holter',
      zh: '动态心电图:RR长间歇≥5.0秒',
      en: 'Holter: pause of 5.0 s or longer',
      trace: 'long',
      anyOf: [[number('longestPauseMs', '>=', 5000)]],
      source: `${zhejiang}；原目录就心房颤动而列 (the list names it for atrial fibrillation)`,
    },
    {
      code: 'many-pauses-holter',
      zh: '动态心电图:≥3.0秒长间歇≥3次',
      en: 'Holter: three or more pauses of 3.0 s',
      trace: 'long',
      anyOf: [[number('pauseCount', '>=', 3)]],
      source: zhejiang,
    },
  ],
};

const universal =
  '第四版心肌梗死全球定义 (Thygesen et al., 2018)，V2、V3 取 40 岁以上男性的较低值 (the lower height of men over 40 in V2 and V3)';

/** Where a province has no list of its own: what either list calls critical, and two rows of a third. */
export const defaultRules: CriticalRuleSet = {
  code: 'default',
  version: 1,
  zh: '默认心电图危急值',
  en: 'default list of critical ECG values',
  province: null,
  source:
    '山西、浙江两省目录，一份医院目录，心肌梗死全球定义 (the lists of Shanxi and Zhejiang, a third hospital list, and the universal definition of infarction)',
  validFrom: '2021-01-01',
  rules: [
    infarction(universal, { V1: 100, V2: 200, V3: 200, V4: 100, V5: 100, V6: 100 }),
    fibrillation(shanxi),
    ventricular(`${shanxi}；100 次/分、连续 3 次 (100 beats a minute, three beats)`, 100, 0),
    {
      code: 'fast-supraventricular',
      zh: '快速室上性心律失常，心室率≥180次/分',
      en: 'supraventricular rhythm of 180 a minute or faster',
      trace: 'any',
      anyOf: [[run(180, 30, { wide: false })]],
      source: shanxi,
    },
    preExcited(shanxi, '<='),
    slow(zhejiang, 35),
    pause(zhejiang),
    avBlock(zhejiang),
    {
      code: 'long-qt',
      zh: 'QTc≥550 ms',
      en: 'QTc of 550 ms or longer',
      trace: 'any',
      anyOf: [
        [number('qtcBazettMs', '>=', 550), number('qtcFridericiaMs', '>=', 520)],
        [number('qtcBazettMs', '>=', 500), number('rOnTCount', '>=', 1)],
      ],
      source:
        '一份医院目录 (wiki.fortuneltd)：0.55 s；并用 Fridericia，因 Bazett 在心率快时校正过度 (0.55 s; Fridericia beside it, because Bazett overcorrects a fast heart)',
    },
    {
      code: 'hyperkalaemia',
      zh: '高钾血症心电图改变',
      en: 'ECG of hyperkalaemia',
      trace: 'resting',
      anyOf: [[says('hyperkalaemia')]],
      source: '一份医院目录 (wiki.fortuneltd)；以记录仪的诊断语句为准 (by the statement of the recorder)',
    },
  ],
};

export const criticalRuleSets: readonly CriticalRuleSet[] = [defaultRules, shanxiRules, zhejiangRules];

/** The newest list of a province (GB/T 2260 code) that is valid on a day (YYYY-MM-DD), or the default one. */
export function ruleSetFor(province: string | null, day: string, sets = criticalRuleSets): CriticalRuleSet {
  const valid = (code: string | null) =>
    sets
      .filter((set) => set.province === code && set.validFrom <= day)
      .sort((a, b) => b.validFrom.localeCompare(a.validFrom) || b.version - a.version)[0];
  return (province === null ? undefined : valid(province)) ?? valid(null) ?? defaultRules;
}
