import type { OrderView } from '@lianzhen/contracts/orders.ts';
import type { Language, Translate } from '../../api/texts.ts';
import { nameOf } from '../../api/vocabulary.ts';
import { shortTime, spanText } from '../../ui/time.ts';
import type { OrdersKey } from './texts-zh.ts';

type Progress = OrderView['progress'];

export const stages = ['sent', 'images', 'queue', 'reading', 'review', 'reported'] as const;

/** How far along the stages a request is: the stage under way. Where it has ended without a report, how far it came is not told. */
export function stageOf(step: Progress['step']): (typeof stages)[number] | undefined {
  if (step === 'waiting-for-images' || step === 'in-quarantine') return 'images';
  if (step === 'in-queue') return 'queue';
  if (step === 'being-read') return 'reading';
  if (step === 'in-review') return 'review';
  return step === 'reported' ? 'reported' : undefined;
}

/** When the reviewed report comes at the latest: a clock time once the images are in, a promise before. */
export function dueText(
  progress: Progress,
  now: Date,
  language: Language,
  t: Translate<OrdersKey>,
): string | undefined {
  const { step, dueAt, deadlineMinutes } = progress;
  if (step === 'reported' || step === 'withdrawn' || step === 'returned') return undefined;
  if (!dueAt) return t('dueAfterImages', { span: spanText(deadlineMinutes * 60_000, language) });
  const left = Date.parse(dueAt) - now.getTime();
  return t(left >= 0 ? 'dueBy' : 'dueOver', { at: shortTime(dueAt, now), span: spanText(left, language) });
}

/** The sentences under the stages, most wanted first: when, who, what for, how many before it. */
export function progressLines(progress: Progress, now: Date, language: Language, t: Translate<OrdersKey>): string[] {
  const due = dueText(progress, now, language, t);
  const { holder, waitsFor, ahead, step } = progress;
  // Only a correction waits for anybody after the report.
  if (step === 'reported') return waitsFor === 'nothing' ? [] : [t('amending')];
  return [
    ...(due ? [due] : []),
    ...(holder ? [t('heldBy', { holder })] : []),
    ...(waitsFor !== 'nothing' ? [t('waitingFor', { what: nameOf('waitsFor', waitsFor, language) })] : []),
    ...(step === 'in-queue' && ahead !== null ? [ahead > 0 ? t('ahead', { n: ahead }) : t('aheadNone')] : []),
  ];
}
