import type { CaseRow } from '@lianzhen/contracts/worklist.ts';
import { useLanguage } from '../../api/texts.ts';
import { fullTime, shortTime, spanText } from '../../ui/time.ts';
import { ToneTag } from '../../ui/tone-tag.tsx';
import { dueOf } from './due.ts';
import { useWorklistText } from './texts.ts';

interface DueClockProps {
  row: Pick<CaseRow, 'state' | 'dueAt' | 'readyAt' | 'submittedAt'>;
  now: Date;
  /** With the time of day beside what is left. */
  hasTime?: boolean;
}

/** How much time is left, told by words, mark and colour. */
export function DueClock({ row, now, hasTime = false }: DueClockProps) {
  const t = useWorklistText();
  const language = useLanguage();
  const due = dueOf(row, now);
  if (!due) return null;
  const span = spanText(due.leftMs, language);
  return (
    <span className="num" title={fullTime(due.at)}>
      <ToneTag tone={due.tone}>{t(due.leftMs < 0 ? 'over' : 'left', { span })}</ToneTag>
      {hasTime && <span className="muted"> {t('dueAt', { at: shortTime(due.at, now) })}</span>}
    </span>
  );
}
