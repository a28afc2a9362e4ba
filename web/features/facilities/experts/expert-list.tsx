import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { ask } from '../../../api/queries.ts';
import { seatsFor, useSession } from '../../../api/session.ts';
import { Loaded } from '../../../ui/loaded.tsx';
import { Nothing } from '../../../ui/nothing.tsx';
import { ExpertDialog } from './expert-dialog.tsx';
import { ExpertRows } from './expert-rows.tsx';
import { useExpertText } from './texts.ts';

/** The experts of the facilities that one runs. */
export function ExpertList() {
  const t = useExpertText();
  const run = seatsFor(useSession(), 'facility:manage').map(({ facilityId }) => facilityId);
  const managed = useQuery(ask('consultation', 'managedExperts'));
  const [isNew, setNew] = useState(false);
  return (
    <>
      <p className="muted">{t('note')}</p>
      <div className="bar">
        <Button onClick={() => setNew(true)} data-testid="new-expert">
          {t('add')}
        </Button>
      </div>
      <Loaded query={managed}>
        {(rows) => (
          <ExpertRows
            rows={rows.filter(({ facility }) => run.includes(facility.id))}
            hasFacilities={run.length > 1}
            empty={<Nothing text={t('none')} />}
          />
        )}
      </Loaded>
      {isNew && <ExpertDialog onClose={() => setNew(false)} />}
    </>
  );
}
