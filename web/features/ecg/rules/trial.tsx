import type { RulesTrial } from '@lianzhen/contracts/ecg-rules.ts';
import { Alert } from 'antd';
import { useLanguage } from '../../../api/texts.ts';
import { minuteText } from './list-words.ts';
import { useRulesText } from './texts.ts';

/** How many of the centre's newest recordings would have raised an alarm, by the list in force and by the draft. */
export function Trial({ trial, isStale }: { trial: RulesTrial; isStale: boolean }) {
  const t = useRulesText();
  const language = useLanguage();
  const { recordings, from, to, before, after, added, removed, patterns } = trial;
  if (recordings === 0 || !from || !to)
    return <Alert type="info" showIcon title={t('triedNone')} data-testid="trial" />;
  const differences = [
    ...(added > 0 ? [t('triedMore', { n: added })] : []),
    ...(removed > 0 ? [t('triedLess', { n: removed })] : []),
  ];
  return (
    <div className="rules-trial" data-testid="trial" data-before={before} data-after={after} role="status">
      {isStale && <Alert type="warning" showIcon title={t('triedStale')} />}
      <p>
        <b>{t('triedTitle')}</b> {t('triedOn', { n: recordings, from: minuteText(from), to: minuteText(to) })}
      </p>
      <p>
        {t('triedSum', { before, after })}
        <b>{differences.join(t('separator')) || t('triedEqual')}</b>
      </p>
      {patterns.length > 0 && (
        <table>
          <thead>
            <tr>
              <th>{t('pattern')}</th>
              <th>{t('triedNow')}</th>
              <th>{t('triedThen')}</th>
            </tr>
          </thead>
          <tbody>
            {patterns.map((row) => (
              <tr key={row.code}>
                <td>{row[language]}</td>
                <td className="num">{row.before}</td>
                <td className="num">{row.after}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <p className="muted">{t('triedNote')}</p>
    </div>
  );
}
