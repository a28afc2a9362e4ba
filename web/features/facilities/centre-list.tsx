import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button, Space } from 'antd';
import { useState } from 'react';
import { ask } from '../../api/queries.ts';
import { useNames } from '../../api/vocabulary.ts';
import { Loaded } from '../../ui/loaded.tsx';
import { Nothing } from '../../ui/nothing.tsx';
import { Records } from '../../ui/records.tsx';
import { CentreDialog } from './centre-dialog.tsx';
import { DutyPage } from './duty/duty-page.tsx';
import { useDutyText } from './duty/duty-texts.ts';
import type { Managed } from './facility-select.tsx';
import { useSetupText } from './setup-texts.ts';

type Centre = Managed['centres'][number];

/** The centres of each facility that one runs. */
export function CentreList() {
  const t = useSetupText();
  const managed = useQuery(ask('facilities', 'managed'));
  const [rosterOf, setRosterOf] = useState<string>();
  if (rosterOf) return <DutyPage centreId={rosterOf} onBack={() => setRosterOf(undefined)} />;
  return (
    <>
      <p className="muted">{t('centres-note')}</p>
      <Loaded query={managed}>
        {(rows) => (
          <div className="stack">
            {rows
              .filter(({ isManaged }) => isManaged)
              .map((facility, _, { length }) => (
                <CentresOf key={facility.id} facility={facility} isOneOfMany={length > 1} onRoster={setRosterOf} />
              ))}
          </div>
        )}
      </Loaded>
    </>
  );
}

interface CentresOfProps {
  facility: Managed;
  isOneOfMany: boolean;
  onRoster: (centreId: string) => void;
}

function CentresOf({ facility, isOneOfMany, onRoster }: CentresOfProps) {
  const t = useSetupText();
  const duty = useDutyText();
  const names = useNames();
  const [open, setOpen] = useState<{ centre?: Centre }>();
  const { centres } = facility;
  const edit = (centre: Centre) => (
    <Space>
      {/* Only electrocardiograms raise alarms that somebody on duty is called to. */}
      {centre.line === 'ecg' && (
        <Button size="small" onClick={() => onRoster(centre.id)} data-testid="open-duty-roster">
          {duty('open')}
        </Button>
      )}
      {centre.line === 'ecg' && (
        <Link to="/facilities/ecg-rules" search={{ centre: centre.id }} data-testid="open-ecg-rules">
          {t('ecg-rules')}
        </Link>
      )}
      <Button size="small" onClick={() => setOpen({ centre })}>
        {t('edit')}
      </Button>
    </Space>
  );
  return (
    <section>
      {isOneOfMany && <h3>{facility.name}</h3>}
      <div className="bar">
        <Button onClick={() => setOpen({})} data-testid="new-centre">
          {t('new-centre')}
        </Button>
      </div>
      <Records<Centre>
        rows={centres}
        total={centres.length}
        page={1}
        pageSize={Math.max(centres.length, 1)}
        onPage={() => {}}
        rowKey={({ id }) => id}
        rowProps={({ line }) => ({ 'data-line': line })}
        empty={<Nothing text={t('no-centres')} />}
        columns={[
          { title: t('line'), render: (_, row) => names('line', row.line) },
          { title: t('name'), dataIndex: 'name' },
          { title: t('name-en'), render: (_, row) => row.nameEn ?? '—' },
          { key: 'edit', render: (_, row) => edit(row) },
        ]}
        card={(row) => (
          <div className="spread">
            <span>
              <b>{row.name}</b> <span className="muted">{names('line', row.line)}</span>
            </span>
            {edit(row)}
          </div>
        )}
      />
      {open && <CentreDialog facility={facility} centre={open.centre} onClose={() => setOpen(undefined)} />}
    </section>
  );
}
