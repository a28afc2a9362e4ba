import type { EcgAlarmRow } from '@lianzhen/contracts/ecg-alarms.ts';
import { ownCode } from '@lianzhen/contracts/ecg-rules.ts';
import { Link } from '@tanstack/react-router';
import { useMay } from '../../../api/session.ts';
import { useRulesText } from './texts.ts';

/** By which list an alarm was raised, its version and source, and for the centre's readers the way to that version. */
export function RuleSource({ rules: { code, version, source } }: { rules: EcgAlarmRow['rules'] }) {
  const t = useRulesText();
  const may = useMay();
  const isOwn = code === ownCode;
  const name = t(isOwn ? 'linkAlarm' : 'linkDefault', { version });
  const title = t('publishSource', { source });
  // A cardiologist of the paired hospital is called as well, and has no business with the centre's settings.
  if (!may('worklist:read'))
    return (
      <span title={title} data-testid="alarm-rules">
        {name}
      </span>
    );
  return (
    <Link
      to="/facilities/ecg-rules"
      search={isOwn ? { version: Number(version) } : {}}
      title={title}
      data-testid="alarm-rules"
    >
      {name}
    </Link>
  );
}
