import { useQuery } from '@tanstack/react-query';
import { ask } from '../../../api/queries.ts';
import { Loaded } from '../../../ui/loaded.tsx';
import { hopMinutes } from './duty-edit.ts';
import { useDutyText } from './duty-texts.ts';
import { DutyWeek } from './duty-week.tsx';
import './duty.css';

/** Who is on duty at a centre, for its manager. */
export function DutyPage({ centreId, onBack }: { centreId: string; onBack: () => void }) {
  const t = useDutyText();
  const roster = useQuery(ask('facilities', 'dutyRoster', { id: centreId }));
  return (
    <section className="duty" data-testid="duty-roster">
      <Loaded query={roster}>
        {(view) => (
          <>
            <h2>{t('title', { centre: view.centreName })}</h2>
            <p className="muted">{t('note', { minutes: hopMinutes, zone: view.timeZone })}</p>
            <DutyWeek view={view} onBack={onBack} />
          </>
        )}
      </Loaded>
    </section>
  );
}
