import type { EcgAlarmRow } from '@lianzhen/contracts/ecg-alarms.ts';
import { useAside } from '../../../api/texts.ts';
import { shortTime } from '../../../ui/time.ts';
import { clockText } from '../green-channel/steps.ts';
import { useEcgText } from '../texts.ts';

/** Who is on duty and who is next; who has been called, when and why; and how long until the next are. */
export function Hops({ row, now }: { row: EcgAlarmRow; now: Date }) {
  const t = useEcgText();
  const aside = useAside();
  const left = row.dueAt === null ? null : Date.parse(row.dueAt) - now.getTime();
  return (
    <span className="ecg-hops">
      {row.onDutyName !== null && (
        <b data-testid="on-duty">
          {t('onDutyNow', { name: row.onDutyName })}
          <NextCalled row={row} />
        </b>
      )}
      {row.hops.map((hop) => (
        <span key={`${hop.at} ${hop.why} ${hop.to}`} data-testid="hop" data-why={hop.why}>
          <span className="num">{shortTime(hop.at, now)}</span> {hop.to}
          {hop.person !== null && ` ${hop.person}`}
          {hop.why !== 'raised' && <i>{aside(t(`why-${hop.why}`))}</i>}
        </span>
      ))}
      {row.state === 'raised' && left !== null && (
        <b className="num">{left > 0 ? t('nextIn', { span: clockText(left) }) : t('nextNow')}</b>
      )}
    </span>
  );
}

/** Where the seniors have been called already, the roster has nobody more to call. */
function NextCalled({ row }: { row: EcgAlarmRow }) {
  const t = useEcgText();
  if (row.hops.some(({ why }) => why === 'overdue')) return null;
  return <>{row.nextOnDutyName === null ? t('nextSeniors') : t('nextOnDuty', { name: row.nextOnDutyName })}</>;
}
