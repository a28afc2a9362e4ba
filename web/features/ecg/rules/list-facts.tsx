import { ownCode, type RuleListView } from '@lianzhen/contracts/ecg-rules.ts';
import { minuteText, useListName } from './list-words.ts';
import { useRulesText } from './texts.ts';

/** Which list it is, by what document, from when on, and who published it. */
export function ListFacts({ list }: { list: RuleListView }) {
  const t = useRulesText();
  const nameOf = useListName();
  const { basedOn, publishedAt, publishedByName, from, note } = list;
  const isOwn = list.origin === 'own';
  const by = publishedAt && t('byWhom', { name: publishedByName ?? t('somebody'), at: minuteText(publishedAt) });
  const base = basedOn?.code === ownCode ? t('basedOnOwn', { version: basedOn.version }) : basedOn && keyText(basedOn);
  const facts: Array<[string, string | null]> = [
    [t('list'), `${nameOf(list)} · ${t(`origin-${list.origin}`)}`],
    [t('source'), list.source],
    [t('since'), isOwn && from ? minuteText(from) : null],
    [t('by'), isOwn ? by : null],
    [t('basedOn'), base],
    [t('remark'), note],
  ];
  return (
    <dl className="rules-facts" data-testid="rules-facts" data-code={list.code} data-version={list.version}>
      {facts
        .filter(([, value]) => value)
        .map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}

const keyText = ({ code, version }: { code: string; version: number }): string => `${code} ${version}`;
