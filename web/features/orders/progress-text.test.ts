import type { OrderView } from '@lianzhen/contracts/orders.ts';
import { expect, test } from 'vitest';
import { progressLines, stageOf } from './progress-text.ts';
import { en } from './texts-en.ts';
import { type OrdersKey, zh } from './texts-zh.ts';

type Progress = OrderView['progress'];
const say =
  (texts: Record<OrdersKey, string>) =>
  (key: OrdersKey, values: Record<string, string | number> = {}): string =>
    texts[key].replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(values[name]));
// Local times, because the lines tell the clock of the machine.
const now = new Date(2026, 2, 1, 14, 0);
const at = (hour: number, minute: number) => new Date(2026, 2, 1, hour, minute).toISOString();
const progress = (part: Partial<Progress>): Progress => ({
  step: 'in-queue',
  holder: null,
  waitsFor: 'nothing',
  readyAt: null,
  dueAt: null,
  deadlineMinutes: 120,
  ahead: null,
  isOverdue: false,
  ...part,
});
const lines = (part: Partial<Progress>) => progressLines(progress(part), now, 'zh', say(zh));

test('in the queue: when at the latest, who, what for, how many before it', () => {
  const part = { holder: '区域影像诊断中心', waitsFor: 'reader', dueAt: at(15, 5), ahead: 3 } as const;
  expect(lines(part)).toEqual([
    '最迟 15:05 出审核报告，还有 1 小时 5 分',
    '现在由 区域影像诊断中心 处理',
    '等待阅片医生',
    '前面还有 3 例',
  ]);
});

test('before the images are in there is a promise and no clock time', () => {
  expect(lines({ step: 'waiting-for-images', waitsFor: 'images' })).toEqual([
    '图像到齐后 2 小时内出审核报告',
    '等待检查图像',
  ]);
});

test('what is late is told as late, by the clock of the person and not by the last answer', () => {
  expect(lines({ step: 'being-read', dueAt: at(13, 45), isOverdue: false })[0]).toBe(
    '应于 13:45 出报告，已超时 15 分钟',
  );
});

test('the next in the queue is told so', () => {
  expect(lines({ dueAt: at(14, 30), ahead: 0 })).toContain('下一个就是它');
});

test('what is over promises nothing', () => {
  expect(lines({ step: 'reported', holder: '周志强', dueAt: at(13, 0) })).toEqual([]);
  expect(lines({ step: 'withdrawn', dueAt: at(13, 0) })).toEqual([]);
  expect(lines({ step: 'returned', waitsFor: 'supplement', dueAt: at(15, 0) })).toEqual(['等待补充材料']);
});

test('a report that is being corrected says so, and that it still stands', () => {
  expect(lines({ step: 'reported', waitsFor: 'reader', holder: '陈雨桐', dueAt: at(15, 0) })).toEqual([
    '中心正在更正这份报告；更正稿签发前，现有版本仍然有效',
  ]);
});

test('English says the same', () => {
  expect(progressLines(progress({ dueAt: at(14, 20), ahead: 1 }), now, 'en', say(en))).toEqual([
    'Reviewed report at the latest 14:20, 20 min from now',
    '1 before it',
  ]);
});

test('a request that ended without a report stands at no stage', () => {
  expect(stageOf('withdrawn')).toBeUndefined();
  expect(stageOf('returned')).toBeUndefined();
  expect(stageOf('in-quarantine')).toBe('images');
});
