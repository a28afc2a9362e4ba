import type { RuleVersionRow } from '@lianzhen/contracts/ecg-rules.ts';
import { Button } from 'antd';
import { Nothing } from '../../../ui/nothing.tsx';
import { Panel } from '../../../ui/page.tsx';
import { Records } from '../../../ui/records.tsx';
import { type Tone, ToneTag } from '../../../ui/tone-tag.tsx';
import { minuteText } from './list-words.ts';
import { useRulesText } from './texts.ts';

interface HistoryProps {
  rows: readonly RuleVersionRow[];
  shown: number | null;
  onShow: (version: number | undefined) => void;
}

const tones: Record<RuleVersionRow['standing'], Tone> = {
  'in-force': 'good',
  coming: 'info',
  past: 'quiet',
  'passed-over': 'quiet',
};

/** Every version that the centre published: by whom, when, and while it counted. */
export function History({ rows, shown, onShow }: HistoryProps) {
  const t = useRulesText();
  const show = ({ version, standing }: RuleVersionRow) => onShow(standing === 'in-force' ? undefined : version);
  const by = (row: RuleVersionRow) =>
    t('byWhom', { name: row.publishedByName ?? t('somebody'), at: minuteText(row.publishedAt) });
  const since = (row: RuleVersionRow) =>
    row.standing === 'passed-over'
      ? '—'
      : `${minuteText(row.validFrom)}${row.until ? ` ${t('until', { at: minuteText(row.until) })}` : ''}`;
  const standing = (row: RuleVersionRow) => (
    <ToneTag tone={tones[row.standing]}>{t(`standing-${row.standing}`)}</ToneTag>
  );
  const open = (row: RuleVersionRow) => (
    <Button size="small" disabled={row.version === shown} onClick={() => show(row)}>
      {t('open')}
    </Button>
  );
  return (
    <Panel title={t('history')}>
      <p className="muted rules-note">{t('historyNote')}</p>
      <Records<RuleVersionRow>
        rows={rows}
        total={rows.length}
        page={1}
        pageSize={Math.max(rows.length, 1)}
        onPage={() => {}}
        rowKey={({ version }) => String(version)}
        rowProps={(row) => ({ 'data-version': String(row.version), 'data-standing': row.standing })}
        empty={<Nothing text={t('noHistory')} />}
        columns={[
          { title: t('list'), render: (_, row) => t('version', { version: row.version }) },
          { title: t('state'), render: (_, row) => standing(row) },
          { title: t('since'), render: (_, row) => <div className="rules-source">{since(row)}</div> },
          { title: t('by'), render: (_, row) => <div className="rules-source">{by(row)}</div> },
          { title: t('source'), render: (_, row) => <SourceText row={row} /> },
          { title: '', render: (_, row) => open(row) },
        ]}
        card={(row) => (
          <div className="stack">
            <div className="spread">
              <b>{t('version', { version: row.version })}</b>
              {standing(row)}
            </div>
            <SourceText row={row} />
            <small className="muted">
              {t('labelled', { label: t('since'), value: since(row) })}
              <br />
              {t('labelled', { label: t('by'), value: by(row) })}
            </small>
            {open(row)}
          </div>
        )}
      />
    </Panel>
  );
}

const SourceText = ({ row: { source, note } }: { row: RuleVersionRow }) => (
  <div className="rules-source">
    {source}
    {note && <small className="muted">{note}</small>}
  </div>
);
