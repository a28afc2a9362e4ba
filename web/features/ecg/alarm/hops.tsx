import type { EcgAlarmRow } from '@lianzhen/contracts/ecg-alarms.ts';
import { shortTime } from '../../../ui/time.ts';
import { clockText } from '../green-channel/steps.ts';
import { useEcgText } from '../texts.ts';

/** Who has been called, when and why; and how long until the next are. */
export function Hops({ row, now }: { row: EcgAlarmRow; now: Date }) {
  const t = useEcgText();
  const left = row.dueAt === null ? null : Date.parse(row.dueAt) - now.getTime();
  return (
    <span className="ecg-hops">
      {row.hops.map((hop) => (
        <span key={`${hop.at} ${hop.to}`}>
          <span className="num">{shortTime(hop.at, now)}</span> {hop.to}
          {hop.why !== 'raised' && <i>（{t(`why-${hop.why}`)}）</i>}
        </span>
      ))}
      {row.state === 'raised' && left !== null && (
        <b className="num">{left > 0 ? t('nextIn', { span: clockText(left) }) : t('nextNow')}</b>
      )}
    </span>
  );
}
