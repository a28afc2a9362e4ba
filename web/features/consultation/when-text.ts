import type { Translate } from '../../api/texts.ts';
import { shortTime } from '../../ui/time.ts';
import type { ConsultationKey } from './texts.ts';

/** When it takes place: at once, at the agreed hour, or at the one that was asked for. */
export function whenText(
  row: { isImmediate: boolean; wantedAt: string | null; scheduledAt: string | null },
  t: Translate<ConsultationKey>,
): string {
  if (row.scheduledAt) return t('at', { at: shortTime(row.scheduledAt) });
  if (row.isImmediate || !row.wantedAt) return t('now');
  return t('wanted', { at: shortTime(row.wantedAt) });
}
