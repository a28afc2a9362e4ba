import type { EcgAlarmRow } from '@lianzhen/contracts/ecg-alarms.ts';
import { Link } from '@tanstack/react-router';
import { useRulesText } from './texts.ts';

/** By which list an alarm was raised: version and source, and the way to the list itself. */
export function RuleSource({ rules }: { rules: EcgAlarmRow['rules'] }) {
  const t = useRulesText();
  return (
    <Link to="/facilities/ecg-rules" title={t('publishSource', { source: rules.source })} data-testid="alarm-rules">
      {t('linkAlarm', { version: rules.version })}
    </Link>
  );
}
