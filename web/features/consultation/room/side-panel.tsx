import { useState } from 'react';
import type { RoomClient } from '../../../call/room-client.ts';
import type { Consultation } from '../consultation.ts';
import type { SeatFiles } from '../files/seat-files.ts';
import { OpinionPanel } from '../opinion-panel.tsx';
import { Chat } from './chat.tsx';
import { useRoomText } from './texts.ts';
import type { Pane } from './use-pane.ts';

interface SidePanelProps {
  room: RoomClient;
  files: SeatFiles;
  kase: Consultation | undefined;
  pane: Pane;
}

/** Beside the picture: the opinion for who writes or reads it, what is asked, and the chat. */
export function SidePanel({ room, files, kase, pane }: SidePanelProps) {
  const t = useRoomText();
  const hasOpinion = kase !== undefined && (kase.acts.includes('write-opinion') || kase.latestVersionId !== null);
  const isAskedOpen = kase?.latestVersionId === null && kase.standing !== 'expert' && kase.standing !== 'invited';
  return (
    <aside className={`room-side room-side-${pane}`} aria-label={t('side')}>
      {hasOpinion && (
        <div className="room-opinion">
          <OpinionPanel kase={kase} />
        </div>
      )}
      {kase && <Asked key={String(isAskedOpen)} kase={kase} isOpen={isAskedOpen} />}
      <Chat room={room} files={files} />
    </aside>
  );
}

/** What was asked, folded away where the room is needed for writing. */
function Asked({ kase, isOpen }: { kase: Consultation; isOpen: boolean }) {
  const t = useRoomText();
  const [open, setOpen] = useState(isOpen);
  return (
    <details className="room-asked" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t('asked')}</summary>
      <p className="keep-lines">
        <b>{t('purpose')}</b> {kase.purpose}
      </p>
      <p className="keep-lines">
        <b>{t('reason')}</b> {kase.reason}
      </p>
      <p className="keep-lines">
        <b>{t('summary')}</b> {kase.summary}
      </p>
    </details>
  );
}
