import { useLanguage } from '../../api/texts.ts';
import { spanText } from '../../ui/time.ts';
import { ToneTag } from '../../ui/tone-tag.tsx';
import { useNow } from '../../ui/use-now.ts';
import { useConsultationText } from './texts.ts';

/** How long is left for an answer, or how long it is overdue. */
export function AnswerClock({ dueAt }: { dueAt: string }) {
  const t = useConsultationText();
  const language = useLanguage();
  const left = Date.parse(dueAt) - useNow(10_000).getTime();
  const span = spanText(left, language);
  return <ToneTag tone={left < 0 ? 'bad' : 'warn'}>{t(left < 0 ? 'answerLate' : 'answerIn', { span })}</ToneTag>;
}
