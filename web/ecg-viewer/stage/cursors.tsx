import { useSyncExternalStore } from 'react';
import type { EcgCompany } from '../company.ts';
import { useEcgDesk } from '../desk.ts';
import { cursorSpot } from './cursor-spot.ts';
import { inkOf } from './ink-of.ts';
import type { ScreenPlan } from './screen-plan.ts';

interface CursorsProps {
  readonly company: EcgCompany;
  readonly screen: ScreenPlan;
}

/** Where others point on this trace; at the edge when it lies outside of what this screen shows. */
export function Cursors({ company, screen: { plan, pxPerMm } }: CursorsProps) {
  const { clock } = useEcgDesk();
  const { cursors, sopInstanceUid } = company;
  const all = useSyncExternalStore(cursors.subscribe, cursors.get);
  const startMs = useSyncExternalStore(clock.subscribe, () => clock.startMs);
  return all
    .filter((cursor) => cursor.sopInstanceUid === sopInstanceUid)
    .map((cursor) => {
      const spot = cursorSpot(plan, cursor, startMs);
      if (!spot) return null;
      const place = `translate(${spot.xMm * pxPerMm}px, ${spot.yMm * pxPerMm}px)`;
      return (
        <div
          key={cursor.id}
          className={`lze-cursor${cursor.isFading ? ' lze-cursor-fading' : ''}${spot.isOutside ? ' lze-cursor-outside' : ''}`}
          style={{ transform: place, color: inkOf(cursor.colour) }}
          data-testid="cursor"
          data-peer={cursor.id}
          aria-hidden="true"
        >
          <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
            <path d="M0 0 5 14 7.4 8.2 13.4 6z" />
          </svg>
          <span>{cursor.name}</span>
        </div>
      );
    });
}
