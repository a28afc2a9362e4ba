import { useQuery } from '@tanstack/react-query';
import { Button, Space } from 'antd';
import { useState } from 'react';
import type { Outputs } from '../../api/client.ts';
import { ask } from '../../api/queries.ts';
import { useMay } from '../../api/session.ts';
import { useListComma } from '../../api/texts.ts';
import { useNames } from '../../api/vocabulary.ts';
import { Loaded } from '../../ui/loaded.tsx';
import { Records } from '../../ui/records.tsx';
import { FacilityDialog } from './facility-dialog.tsx';
import type { Managed } from './facility-select.tsx';
import { NewFacilityDialog } from './new-facility.tsx';
import { useSetupText } from './setup-texts.ts';
import { useFacilitiesText } from './texts.ts';

type Facility = Outputs['facilities']['list'][number];
type Open = { what: 'edit' | 'below'; facility: Managed };
const pageSize = 50;

/** One's own facility, everyone linked with it, and, for whoever runs one, what lies below. */
export function NetworkList() {
  const t = useFacilitiesText();
  const setup = useSetupText();
  const names = useNames();
  const comma = useListComma();
  const may = useMay();
  const [open, setOpen] = useState<Open>();
  const [page, setPage] = useState(1);
  const facilities = useQuery(ask('facilities', 'list'));
  const managed = useQuery({ ...ask('facilities', 'managed'), enabled: may('facility:manage') });
  const below = new Map((managed.data ?? []).map((row) => [row.id, row]));
  const centres = (row: Facility) => row.centres.map((centre) => centre.name).join(comma);
  const acts = (row: Facility) => {
    const facility = below.get(row.id);
    if (!facility) return null;
    return (
      <Space wrap>
        {facility.levelsBelow.length > 0 && (
          <Button size="small" onClick={() => setOpen({ what: 'below', facility })} data-testid="new-facility">
            {setup('add-below')}
          </Button>
        )}
        {facility.isManaged && (
          <Button size="small" onClick={() => setOpen({ what: 'edit', facility })}>
            {setup('edit')}
          </Button>
        )}
      </Space>
    );
  };
  return (
    <>
      <Loaded query={facilities}>
        {(linked) => {
          const rows = [...new Map([...linked, ...below.values()].map((row) => [row.id, row])).values()].sort(
            (one, other) => one.code.localeCompare(other.code),
          );
          return (
            <Records<Facility>
              rows={rows.slice((page - 1) * pageSize, page * pageSize)}
              total={rows.length}
              page={page}
              pageSize={pageSize}
              onPage={setPage}
              rowKey={({ id }) => id}
              rowProps={({ code }) => ({ 'data-code': code })}
              empty={null}
              columns={[
                { title: t('code'), dataIndex: 'code' },
                { title: t('name'), dataIndex: 'name' },
                { title: t('level'), render: (_, row) => names('level', row.level) },
                { title: t('centres'), render: (_, row) => centres(row) },
                ...(below.size > 0 ? [{ key: 'acts', render: (_: unknown, row: Facility) => acts(row) }] : []),
              ]}
              card={(row) => (
                <div className="stack">
                  <div className="spread">
                    <b>{row.name}</b>
                    <span className="muted">
                      {row.code} · {names('level', row.level)}
                    </span>
                  </div>
                  {row.centres.length > 0 && <span className="muted">{centres(row)}</span>}
                  {acts(row)}
                </div>
              )}
            />
          );
        }}
      </Loaded>
      {open?.what === 'edit' && <FacilityDialog facility={open.facility} onClose={() => setOpen(undefined)} />}
      {open?.what === 'below' && <NewFacilityDialog parent={open.facility} onClose={() => setOpen(undefined)} />}
    </>
  );
}
