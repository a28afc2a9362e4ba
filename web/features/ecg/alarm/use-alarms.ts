import type { EcgAlarmRow } from '@lianzhen/contracts/ecg-alarms.ts';
import { useQuery } from '@tanstack/react-query';
import { ask } from '../../../api/queries.ts';
import { useMay } from '../../../api/session.ts';
import { isRoomAsked } from './room-asked.ts';

/** Events bring alarms at once; where events fail, nobody waits longer than this. */
const lookAgainMs = 30_000;
const none: readonly EcgAlarmRow[] = [];

/** Open alarms that this person may act on, or that are about his own patients. */
export function useAlarms() {
  const may = useMay();
  const alarms = useQuery({
    ...ask('ecg', 'alarms', { state: 'open' }),
    enabled: may('alarm:read'),
    refetchInterval: lookAgainMs,
    refetchIntervalInBackground: true,
  });
  const rows = alarms.data ?? none;
  return {
    rows,
    /** One is called to answer these, now. */
    called: rows.filter(({ isCalled }) => isCalled),
    /** One's own patient: the reader has said something that nobody has read back yet. */
    told: rows.filter(({ isOwn, state }) => isOwn && state === 'told'),
    /** One is called to these or has answered them, and the sender wants to be seen. */
    roomAsked: rows.filter((row) => !row.isOwn && isRoomAsked(row)),
  };
}
