import type { StatementView } from '@lianzhen/contracts/ecg.ts';
import type { EcgPart } from '@lianzhen/contracts/ecg-report.ts';
import { expect, test } from 'vitest';
import { findingsText } from '../findings-text.ts';
import { numbersOf } from '../numbers.ts';
import { withComparison, withNumbers, withStatements } from './ecg-part.ts';
import type { Body } from './form-props.ts';

const numbers = { ...numbersOf(null), heartRate: 72 };
const part: EcgPart = {
  ...{ traceId: 't', sopInstanceUid: '1.2', studyInstanceUid: '1', acquiredAt: null, numbers, numbersBy: 'automatic' },
  ...{ statements: [], comparison: '', comparedWith: null },
};
const body: Body = { findings: '', impression: '', advice: '', positive: null, critical: false, criticalText: null };
const said = (code: string, zh: string) => ({ code, zh, en: code });
const row = (code: string, positive: boolean, critical: boolean) =>
  ({
    id: code,
    code,
    zh: code,
    en: code,
    group: 'rhythm',
    key: null,
    isOwn: false,
    revision: 1,
    positive,
    critical,
  }) as StatementView;
const library = [row('NORM', false, false), row('STEMI', true, true)];

test('a normal electrocardiogram in one sentence has everything that a signature asks for', () => {
  const change = withStatements(body, part, [said('NORM', '正常心电图')], library);
  expect(change).toMatchObject({
    ...{ impression: '正常心电图', findings: '心率 72 次/分。', positive: false, critical: false, criticalText: null },
    ecg: { statements: [{ code: 'NORM' }] },
  });
});

test('a critical sentence makes the report critical, and taking it away unmakes it', () => {
  const stemi = said('STEMI', '急性心肌梗死');
  const critical = { ...body, ...withStatements(body, part, [stemi], library) } as Body & { ecg: EcgPart };
  expect(critical).toMatchObject({ positive: true, critical: true, criticalText: '急性心肌梗死' });
  expect(withStatements(critical, critical.ecg, [], library)).toMatchObject({ critical: false, criticalText: null });
});

test('what a person wrote as critical or as findings is not touched', () => {
  const own = { ...body, findings: '自己写的', critical: true, criticalText: '请速转诊' };
  const change = withStatements(own, part, [said('NORM', '正常心电图')], library);
  expect(change.findings).toBe('自己写的');
  expect(change).not.toHaveProperty('critical');
});

test('findings follow the numbers only while they are the proposal', () => {
  const next = { numbers: { ...numbers, heartRate: 80 }, numbersBy: 'person' as const };
  expect(withNumbers({ ...body, findings: findingsText(numbers) }, part, next).findings).toBe('心率 80 次/分。');
  expect(withNumbers({ ...body, findings: '自己写的' }, part, next)).not.toHaveProperty('findings');
});

test('a comparison names what it was compared with; without words there is none', () => {
  const earlier = { id: 'old', acquiredAt: null, facilityName: '甲' } as Parameters<typeof withComparison>[2];
  expect(withComparison(part, '无变化', earlier).ecg?.comparedWith).toEqual({
    ...{ traceId: 'old', acquiredAt: null, facilityName: '甲' },
  });
  expect(withComparison(part, ' ', earlier).ecg?.comparedWith).toBeNull();
});
