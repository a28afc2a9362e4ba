import { Button, Space } from 'antd';
import { type ReactNode, useState } from 'react';
import { useListComma } from '../../../api/texts.ts';
import { useNames } from '../../../api/vocabulary.ts';
import { Records } from '../../../ui/records.tsx';
import { ToneTag } from '../../../ui/tone-tag.tsx';
import { useSetupText } from '../setup-texts.ts';
import { type Expert, expertKey } from './expert.ts';
import { ExpertDialog } from './expert-dialog.tsx';
import { Listing } from './listing.tsx';
import { useExpertText } from './texts.ts';
import { WeekText } from './week-text.tsx';

interface ExpertRowsProps {
  rows: readonly Expert[];
  /** Whether the facility is named: entries of one need no such column. */
  hasFacilities: boolean;
  empty: ReactNode;
}

/** Entries of the directory: who, for what, when, and whether he can be invited. Enter or a click opens one. */
export function ExpertRows({ rows, hasFacilities, empty }: ExpertRowsProps) {
  const t = useExpertText();
  const setup = useSetupText();
  const names = useNames();
  const [open, setOpen] = useState<Expert>();
  const who = (row: Expert) => (
    <span>
      <b>{row.name}</b> <span className="muted">{row.title && names('title', row.title)}</span>
    </span>
  );
  const acts = (row: Expert) => (
    <Space>
      <Button size="small" onClick={() => setOpen(row)} data-testid="edit-expert">
        {t('edit')}
      </Button>
      <Listing expert={row} />
    </Space>
  );
  // Those who can be chosen first: who was taken out is looked for seldom.
  const sorted = rows.toSorted((a, b) => Number(b.isListed) - Number(a.isListed));
  return (
    <>
      <Records<Expert>
        rows={sorted}
        total={sorted.length}
        page={1}
        pageSize={Math.max(sorted.length, 1)}
        onPage={() => {}}
        rowKey={expertKey}
        rowProps={(row) => ({
          'data-testid': 'expert-row',
          'data-name': row.name,
          'data-listed': String(row.isListed),
          'data-lacks': row.lacks.join(' '),
        })}
        onOpen={setOpen}
        empty={empty}
        columns={[
          { title: t('name'), render: (_, row) => who(row) },
          ...(hasFacilities
            ? [{ title: setup('facility'), key: 'facility', render: (_: unknown, row: Expert) => row.facility.name }]
            : []),
          { title: t('specialty'), render: (_, row) => names('specialty', row.specialty) },
          { title: t('hours'), render: (_, row) => <WeekText expert={row} /> },
          { title: t('state'), render: (_, row) => <Invitable expert={row} /> },
          { title: '', key: 'acts', render: (_, row) => acts(row) },
        ]}
        card={(row) => (
          <div className="stack">
            <div className="spread">
              {who(row)}
              <span>{names('specialty', row.specialty)}</span>
            </div>
            {hasFacilities && <span className="muted">{row.facility.name}</span>}
            <WeekText expert={row} />
            <Invitable expert={row} />
            {acts(row)}
          </div>
        )}
      />
      {open && <ExpertDialog expert={open} onClose={() => setOpen(undefined)} />}
    </>
  );
}

/** Whether others can choose him, and why not. */
function Invitable({ expert }: { expert: Expert }) {
  const t = useExpertText();
  const names = useNames();
  const comma = useListComma();
  const { isListed, lacks } = expert;
  const why = lacks.map((lack) => names('expertLack', lack)).join(comma);
  return (
    <span className="expert-state">
      {!isListed ? (
        <ToneTag tone="quiet">{t('unlisted')}</ToneTag>
      ) : lacks.length > 0 ? (
        <ToneTag tone="warn">{t('cannot', { why })}</ToneTag>
      ) : (
        <ToneTag tone="good">{t('listed')}</ToneTag>
      )}
    </span>
  );
}
