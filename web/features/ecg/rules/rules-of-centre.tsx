import type { RuleListView, RulesView } from '@lianzhen/contracts/ecg-rules.ts';
import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Select } from 'antd';
import { useState } from 'react';
import { ask } from '../../../api/queries.ts';
import { useLanguage } from '../../../api/texts.ts';
import { Loaded } from '../../../ui/loaded.tsx';
import { Panel } from '../../../ui/page.tsx';
import { History } from './history.tsx';
import { ListFacts } from './list-facts.tsx';
import { keyOf, minuteText, useListName } from './list-words.ts';
import { RuleTable } from './rule-table.tsx';
import { useRulesText } from './texts.ts';

interface RulesOfCentreProps {
  view: RulesView;
  /** Another version than the one in force. */
  version: number | undefined;
  onShow: (version: number | undefined) => void;
}

/** The list that a centre goes by, or another of its versions, beside a default one where somebody compares. */
export function RulesOfCentre({ view, version, onShow }: RulesOfCentreProps) {
  const t = useRulesText();
  const language = useLanguage();
  const { inForce, versions } = view;
  const row = versions.find((one) => one.version === version && one.standing !== 'in-force');
  const coming = versions.find(({ version: one }) => one === view.coming?.version);
  return (
    <>
      {coming && !row && (
        <Alert
          className="notice"
          type="info"
          showIcon
          title={t('coming', { version: coming.version, at: minuteText(coming.validFrom) })}
          action={
            <Button size="small" onClick={() => onShow(coming.version)}>
              {t('open')}
            </Button>
          }
        />
      )}
      {row ? (
        <>
          <Alert
            className="notice"
            type="warning"
            showIcon
            title={t('shownOther', { version: row.version, standing: t(`standing-${row.standing}`) })}
            action={
              <Button size="small" onClick={() => onShow(undefined)} data-testid="rules-back">
                {t('backToForce')}
              </Button>
            }
          />
          <OneVersion view={view} version={row.version} />
        </>
      ) : (
        <>
          {inForce.origin !== 'own' && (
            <Alert className="notice" type="info" showIcon title={t('fallbackNote', { name: inForce[language] })} />
          )}
          <ListPanel view={view} list={inForce} title={t('inForce')} />
        </>
      )}
      <History rows={versions} shown={row?.version ?? null} onShow={onShow} />
    </>
  );
}

function OneVersion({ view, version }: { view: RulesView; version: number }) {
  const t = useRulesText();
  const found = useQuery(ask('ecg', 'ruleVersion', { centreId: view.centre.id, version }));
  return (
    <Loaded query={found}>{(list) => <ListPanel view={view} list={list} title={t('version', { version })} />}</Loaded>
  );
}

function ListPanel({ view, list, title }: { view: RulesView; list: RuleListView; title: string }) {
  const t = useRulesText();
  const nameOf = useListName();
  const [chosen, setChosen] = useState<string>();
  const others = [view.inForce, ...(view.coming ? [view.coming] : []), ...view.defaults].filter(
    (one, index, all) => keyOf(one) !== keyOf(list) && all.findIndex((same) => keyOf(same) === keyOf(one)) === index,
  );
  const other = others.find((one) => keyOf(one) === chosen);
  return (
    <Panel
      title={title}
      extra={
        <div className="rules-compare">
          <span className="muted">{t('compareWith')}</span>
          <Select
            size="small"
            allowClear
            aria-label={t('compareWith')}
            placeholder={t('noCompare')}
            popupMatchSelectWidth={false}
            value={other ? chosen : null}
            onChange={(key: string | undefined) => setChosen(key)}
            options={others.map((one) => ({ value: keyOf(one), label: nameOf(one) }))}
            data-testid="compare-rules"
          />
        </div>
      }
    >
      <ListFacts list={list} />
      <p className="muted rules-note">{t('note')}</p>
      <RuleTable list={list} other={other} isInForce={keyOf(list) === keyOf(view.inForce)} />
    </Panel>
  );
}
