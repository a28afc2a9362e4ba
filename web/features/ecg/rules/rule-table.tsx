import type { RuleListView } from '@lianzhen/contracts/ecg-rules.ts';
import type { ListedRule } from '@lianzhen/contracts/ecg-rules-draft.ts';
import { useLanguage } from '../../../api/texts.ts';
import { Records } from '../../../ui/records.tsx';
import { ToneTag } from '../../../ui/tone-tag.tsx';
import { asksTheSame, ruleLines } from './rule-words.ts';
import { useRulesText } from './texts.ts';

interface RuleTableProps {
  list: RuleListView;
  /** A list beside it. */
  other?: RuleListView | undefined;
  isInForce: boolean;
}
/** A pattern, here or in the other list alone. */
interface Row {
  rule: ListedRule;
  isHere: boolean;
  there: ListedRule | undefined;
}

const rowsOf = (list: RuleListView, other: RuleListView | undefined): Row[] => [
  ...list.rules.map((rule) => ({
    ...{ rule, isHere: true },
    there: other?.rules.find(({ code }) => code === rule.code),
  })),
  ...(other?.rules ?? [])
    .filter(({ code }) => !list.rules.some((rule) => rule.code === code))
    .map((rule) => ({ rule, isHere: false, there: rule })),
];

/** The patterns of a list with their numbers, units and sources; beside another list, what differs. */
export function RuleTable({ list, other, isInForce }: RuleTableProps) {
  const t = useRulesText();
  const language = useLanguage();
  const rows = rowsOf(list, other);
  const asks = (row: Row) => (row.isHere ? <Asks rule={row.rule} /> : <Missing isInForce={isInForce} />);
  const beside = (row: Row) => <Beside row={row} />;
  return (
    <Records<Row>
      rows={rows}
      total={rows.length}
      page={1}
      pageSize={Math.max(rows.length, 1)}
      onPage={() => {}}
      rowKey={({ rule }) => rule.code}
      rowProps={({ rule, isHere }) => ({ 'data-rule': rule.code, 'data-off': String(isHere && rule.off !== null) })}
      empty={null}
      columns={[
        { title: t('pattern'), render: (_, row) => <Name row={row} isWithTrace={other !== undefined} /> },
        { title: t('asks'), render: (_, row) => asks(row) },
        ...(other ? [{ title: other[language], render: (_: unknown, row: Row) => beside(row) }] : []),
        ...(other
          ? []
          : [
              {
                title: t('applies'),
                render: (_: unknown, { rule }: Row) => <div className="rules-for">{t(`trace-${rule.trace}`)}</div>,
              },
              {
                title: t('source'),
                render: (_: unknown, { rule }: Row) => <div className="rules-source">{rule.source}</div>,
              },
            ]),
      ]}
      card={(row) => (
        <div className="stack">
          <Name row={row} isWithTrace={false} />
          {asks(row)}
          {other && (
            <div className="rules-beside">
              <span className="muted">{other[language]}</span>
              {beside(row)}
            </div>
          )}
          <small className="muted">
            {t(`trace-${row.rule.trace}`)} · {row.rule.source}
          </small>
        </div>
      )}
    />
  );
}

function Name({ row: { rule, isHere }, isWithTrace }: { row: Row; isWithTrace: boolean }) {
  const t = useRulesText();
  const language = useLanguage();
  return (
    <div className="rules-name">
      <b>{rule[language]}</b>
      <small className="muted">{rule[language === 'zh' ? 'en' : 'zh']}</small>
      {isWithTrace && <small className="muted">{t(`trace-${rule.trace}`)}</small>}
      {isHere && rule.off !== null && <ToneTag tone="warn">{t('offBecause', { reason: rule.off })}</ToneTag>}
    </div>
  );
}

function Asks({ rule }: { rule: ListedRule }) {
  const language = useLanguage();
  return (
    <ul className={rule.off === null ? 'rules-asks' : 'rules-asks rules-off'}>
      {ruleLines(rule, language).map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  );
}

function Missing({ isInForce }: { isInForce: boolean }) {
  const t = useRulesText();
  return <span className="muted">{t(isInForce ? 'onlyThere' : 'onlyThereShown')}</span>;
}

function Beside({ row: { rule, isHere, there } }: { row: Row }) {
  const t = useRulesText();
  if (!there) return <span className="muted">{t('notListed')}</span>;
  if (isHere && asksTheSame(rule, there)) return <span className="muted">{t('same')}</span>;
  return (
    <div className="rules-differs">
      <Asks rule={there} />
    </div>
  );
}
