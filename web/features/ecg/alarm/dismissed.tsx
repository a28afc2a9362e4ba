import type { EcgAlarmRow } from '@lianzhen/contracts/ecg-alarms.ts';
import { Button } from 'antd';
import { useAct } from '../../../api/queries.ts';
import { Failure } from '../../../ui/failure.tsx';
import { shortTime } from '../../../ui/time.ts';
import { useEcgText } from '../texts.ts';

/** Why the reader says that it is not critical. It stands here until the sender has read it. */
export function Dismissed({ row, now }: { row: EcgAlarmRow; now: Date }) {
  const t = useEcgText();
  const act = useAct('ecg', 'noteRead');
  return (
    <>
      <blockquote className="ecg-told ecg-told-calm" data-testid="dismissed-note">
        <p className="keep-lines" role="status">
          {row.closedNote}
        </p>
        <footer>
          {row.closedByName} · {row.closedAt && shortTime(row.closedAt, now)}
        </footer>
      </blockquote>
      <Button type="primary" loading={act.isPending} onClick={() => act.mutate({ id: row.id })} data-testid="note-read">
        {t('noteRead')}
      </Button>
      {act.error && <Failure error={act.error} what={t('noteRead')} />}
    </>
  );
}
