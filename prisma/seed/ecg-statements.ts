import type { StatementBody } from '@lianzhen/contracts/ecg.ts';
import type { z } from 'zod';

type Statement = z.output<typeof StatementBody>;
type Group = Statement['group'];
/** `!` is critical, `+` says that something is wrong, `-` that nothing is. */
type Row = readonly [code: string, zh: string, en: string, says: '-' | '+' | '!', key?: string];

const of = (group: Group, rows: readonly Row[]): Statement[] =>
  rows.map(([code, zh, en, says, key = null]) => ({
    ...{ code, zh, en, group, key },
    positive: says !== '-',
    critical: says === '!',
  }));

/**
 * Sentences for conclusions about electrocardiograms, as Chinese hospitals word them; a centre words its own where it
 * wants to. The keys of what is said most often are one letter.
 */
export const ecgStatements: readonly Statement[] = [
  ...of('summary', [
    ['NORM', '正常心电图', 'Normal ECG', '-', 'n'],
    ['ABNORM', '异常心电图', 'Abnormal ECG', '+', 'x'],
    ['BORDER', '大致正常心电图', 'ECG within normal limits, with minor changes', '-', 'd'],
    ['NOCHANGE', '与前次心电图比较无明显变化', 'No significant change from the earlier ECG', '-', 'c'],
    ['CHANGED', '与前次心电图比较有变化，请结合临床', 'Changed from the earlier ECG; correlate clinically', '+'],
    ['CLINICAL', '请结合临床', 'Correlate clinically', '-', 'l'],
    ['FOLLOW', '建议复查心电图', 'Repeat the ECG', '-', 'f'],
    ['HOLTER', '建议行动态心电图检查', 'A Holter recording is advised', '-'],
  ]),
  ...of('rhythm', [
    ['SR', '窦性心律', 'Sinus rhythm', '-', 's'],
    ['SB', '窦性心动过缓', 'Sinus bradycardia', '+', 'b'],
    ['ST', '窦性心动过速', 'Sinus tachycardia', '+', 't'],
    ['SA', '窦性心律不齐', 'Sinus arrhythmia', '-', 'i'],
    ['SARREST', '窦性停搏', 'Sinus arrest', '!'],
    ['SAB', '窦房传导阻滞', 'Sinoatrial block', '+'],
    ['PAC', '房性早搏', 'Premature atrial complexes', '+', 'a'],
    ['PACB', '房性早搏未下传', 'Blocked premature atrial complexes', '+'],
    ['PJC', '交界性早搏', 'Premature junctional complexes', '+'],
    ['PVC', '室性早搏', 'Premature ventricular complexes', '+', 'v'],
    ['PVCBI', '室性早搏二联律', 'Ventricular bigeminy', '+'],
    ['PVCTRI', '室性早搏三联律', 'Ventricular trigeminy', '+'],
    ['PVCPAIR', '成对室性早搏', 'Paired premature ventricular complexes', '+'],
    ['AF', '心房颤动', 'Atrial fibrillation', '+', 'g'],
    ['AFRVR', '心房颤动伴快速心室率', 'Atrial fibrillation with rapid ventricular response', '+'],
    ['AFLONG', '心房颤动伴长 RR 间期', 'Atrial fibrillation with a long RR interval', '+'],
    ['AFL', '心房扑动', 'Atrial flutter', '+'],
    ['AT', '房性心动过速', 'Atrial tachycardia', '+'],
    ['SVT', '阵发性室上性心动过速', 'Paroxysmal supraventricular tachycardia', '+'],
    ['SVT180', '室上性心动过速，心室率≥180 次/分', 'Supraventricular tachycardia of 180 a minute or faster', '!'],
    ['JR', '交界性心律', 'Junctional rhythm', '+'],
    ['JESC', '交界性逸搏', 'Junctional escape beats', '+'],
    ['IVR', '加速性室性自主心律', 'Accelerated idioventricular rhythm', '+'],
    ['VESC', '室性逸搏心律', 'Ventricular escape rhythm', '!'],
    ['NSVT', '短阵室性心动过速', 'Non-sustained ventricular tachycardia', '!'],
    ['VT', '室性心动过速', 'Ventricular tachycardia', '!'],
    ['TDP', '尖端扭转型室性心动过速', 'Torsade de pointes', '!'],
    ['VF', '心室颤动', 'Ventricular fibrillation', '!'],
    ['ASYS', '心室停搏', 'Ventricular asystole', '!'],
    ['PAUSE3', '长间歇≥3.0 秒', 'A pause of 3 seconds or longer', '!'],
  ]),
  ...of('conduction', [
    ['AVB1', '一度房室传导阻滞', 'First-degree AV block', '+', '1'],
    ['AVB2I', '二度Ⅰ型房室传导阻滞', 'Second-degree AV block, Mobitz type I', '+'],
    ['AVB2II', '二度Ⅱ型房室传导阻滞', 'Second-degree AV block, Mobitz type II', '!'],
    ['AVBHIGH', '高度房室传导阻滞', 'High-grade AV block', '!'],
    ['AVB3', '三度房室传导阻滞', 'Complete AV block', '!', '3'],
    ['CRBBB', '完全性右束支传导阻滞', 'Complete right bundle branch block', '+', 'r'],
    ['IRBBB', '不完全性右束支传导阻滞', 'Incomplete right bundle branch block', '+', 'o'],
    ['CLBBB', '完全性左束支传导阻滞', 'Complete left bundle branch block', '+', 'k'],
    ['ILBBB', '不完全性左束支传导阻滞', 'Incomplete left bundle branch block', '+'],
    ['LAFB', '左前分支传导阻滞', 'Left anterior fascicular block', '+'],
    ['LPFB', '左后分支传导阻滞', 'Left posterior fascicular block', '+'],
    ['BIFASC', '双分支传导阻滞', 'Bifascicular block', '+'],
    ['IVCD', '室内传导阻滞', 'Non-specific intraventricular conduction delay', '+'],
    ['WPW', '心室预激', 'Ventricular pre-excitation', '+', 'w'],
    ['PREAF', '心房颤动合并心室预激', 'Pre-excited atrial fibrillation', '!'],
    ['SHORTPR', '短 PR 间期', 'Short PR interval', '+'],
    ['BRUGADA1', 'Brugada 波（1 型）', 'Brugada pattern, type 1', '!'],
  ]),
  ...of('axis', [
    ['LAD', '电轴左偏', 'Left axis deviation', '+', 'e'],
    ['RAD', '电轴右偏', 'Right axis deviation', '+', 'y'],
    ['EXTAXIS', '电轴不确定', 'Indeterminate axis', '+'],
    ['CW', '顺钟向转位', 'Clockwise rotation', '-'],
    ['CCW', '逆钟向转位', 'Counterclockwise rotation', '-'],
    ['LOWV', '低电压', 'Low voltage', '+', 'u'],
    ['LOWVLIMB', '肢体导联低电压', 'Low voltage in the limb leads', '+'],
  ]),
  ...of('chamber', [
    ['LVHV', '左心室高电压', 'High left ventricular voltage', '+', 'h'],
    ['LVH', '左心室肥厚', 'Left ventricular hypertrophy', '+'],
    ['LVHST', '左心室肥厚伴 ST-T 改变', 'Left ventricular hypertrophy with ST-T changes', '+'],
    ['RVH', '右心室肥厚', 'Right ventricular hypertrophy', '+'],
    ['LAE', '左心房异常', 'Left atrial abnormality', '+'],
    ['RAE', '右心房异常', 'Right atrial abnormality', '+'],
    ['POORR', '胸前导联 R 波递增不良', 'Poor R wave progression', '+'],
  ]),
  ...of('infarction', [
    ['STEMI', '急性 ST 段抬高型心肌梗死', 'Acute ST-elevation myocardial infarction', '!', 'm'],
    ['STEMIANT', '急性前壁心肌梗死', 'Acute anterior myocardial infarction', '!'],
    ['STEMIEXT', '急性广泛前壁心肌梗死', 'Acute extensive anterior myocardial infarction', '!'],
    ['STEMIINF', '急性下壁心肌梗死', 'Acute inferior myocardial infarction', '!'],
    ['STEMILAT', '急性侧壁心肌梗死', 'Acute lateral myocardial infarction', '!'],
    ['STEMIPOST', '急性正后壁心肌梗死', 'Acute posterior myocardial infarction', '!'],
    ['STEMIRV', '急性右心室心肌梗死', 'Acute right ventricular myocardial infarction', '!'],
    ['WELLENS', 'Wellens 综合征心电图改变', 'Wellens pattern', '!'],
    ['DEWINTER', 'de Winter 综合征心电图改变', 'de Winter pattern', '!'],
    ['OMIANT', '陈旧性前壁心肌梗死', 'Old anterior myocardial infarction', '+'],
    ['OMIINF', '陈旧性下壁心肌梗死', 'Old inferior myocardial infarction', '+', 'q'],
    ['QABN', '异常 Q 波', 'Abnormal Q waves', '+'],
  ]),
  ...of('st-t', [
    ['STT', 'ST-T 改变', 'ST-T changes', '+', 'j'],
    ['TCHANGE', 'T 波改变', 'T wave changes', '+', 'p'],
    ['TINV', 'T 波倒置', 'T wave inversion', '+'],
    ['STDEP', 'ST 段压低', 'ST depression', '+', 'z'],
    ['STELEV', 'ST 段抬高', 'ST elevation', '+'],
    ['EARLYREP', '早期复极', 'Early repolarisation', '-'],
    ['PERIC', 'ST 段广泛抬高，符合急性心包炎改变', 'Diffuse ST elevation, consistent with acute pericarditis', '+'],
    ['HYPERK', 'T 波高尖，符合高钾血症改变', 'Tall peaked T waves, consistent with hyperkalaemia', '!'],
    ['HYPOK', 'U 波增高，符合低钾血症改变', 'Prominent U waves, consistent with hypokalaemia', '+'],
    ['DIGIT', '符合洋地黄作用', 'Consistent with digitalis effect', '+'],
  ]),
  ...of('interval', [
    ['LQT', 'QTc 间期延长', 'Prolonged QTc interval', '+'],
    ['LQT550', 'QTc 间期≥550 ms', 'QTc of 550 ms or longer', '!'],
    ['SQT', '短 QT 间期', 'Short QT interval', '+'],
  ]),
  ...of('pacing', [
    ['PACEA', '心房起搏心律', 'Atrial paced rhythm', '-'],
    ['PACEV', '心室起搏心律', 'Ventricular paced rhythm', '-'],
    ['PACEAV', '房室顺序起搏心律', 'AV sequential paced rhythm', '-'],
    ['PACEFAIL', '起搏器起搏不良', 'Failure of the pacemaker to capture', '!'],
    ['PACESENSE', '起搏器感知不良', 'Failure of the pacemaker to sense', '+'],
  ]),
  ...of('quality', [
    ['NOISE', '基线干扰，影响判读', 'Artefact limits the reading', '+'],
    ['LEADOFF', '导联脱落，建议重新采集', 'A lead is off; record again', '+'],
    ['ARMREV', '左右手导联可能接反，建议重新采集', 'The arm leads may be reversed; record again', '+'],
  ]),
];
