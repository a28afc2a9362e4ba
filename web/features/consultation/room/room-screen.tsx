import { mayInRoom } from '@lianzhen/contracts/room-signals.ts';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { Spin } from 'antd';
import { useEffect, useState } from 'react';
import { asApiError } from '../../../api/api-error.ts';
import { api, type Outputs } from '../../../api/client.ts';
import { ask } from '../../../api/queries.ts';
import type { RoomClient } from '../../../call/room-client.ts';
import { useRoom } from '../../../call/use-room.ts';
import { Failure } from '../../../ui/failure.tsx';
import { useConsultationText } from '../texts.ts';
import { renewOf } from './renew-ticket.ts';
import { RoomPage } from './room-page.tsx';
import { useOnceLoggedIn } from './use-once-logged-in.ts';
import { useRoomClient } from './use-room-client.ts';
import '../consultation.css';
import './room.css';

type Ticket = Outputs['consultation']['join'];

/** The room of a consultation: one press on the case leads here, and one is in. */
export function RoomScreen() {
  const { consultationId } = useParams({ from: '/consultations/$consultationId/room' });
  const t = useConsultationText();
  const [ticket, setTicket] = useState<Ticket>();
  const [error, setError] = useState<unknown>();
  const [visit, setVisit] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another visit asks for another ticket.
  useEffect(() => {
    let isCurrent = true;
    setError(undefined);
    setTicket(undefined);
    api.consultation.join({ id: consultationId }).then(
      (given) => isCurrent && setTicket(given),
      (cause: unknown) => isCurrent && setError(asApiError(cause)),
    );
    return () => {
      isCurrent = false;
    };
  }, [consultationId, visit]);
  const again = () => setVisit(visit + 1);
  useOnceLoggedIn(error !== undefined && asApiError(error).code === 'unauthenticated', again);
  if (error !== undefined)
    return (
      <div className="page">
        <Failure error={error} what={t('join')} onRetry={again} />
      </div>
    );
  if (!ticket) return <Spin fullscreen description={t('phase-connecting')} />;
  return <Room key={visit} consultationId={consultationId} ticket={ticket} onAgain={again} />;
}

interface RoomProps {
  consultationId: string;
  ticket: Ticket;
  onAgain: () => void;
}

function Room({ consultationId, ticket, onAgain }: RoomProps) {
  const navigate = useNavigate();
  const kase = useQuery(ask('consultation', 'read', { id: consultationId }));
  const { room, devices, files } = useRoomClient({
    ticket,
    renew: renewOf(() => api.consultation.join({ id: consultationId })),
    hasAccount: true,
    usesDevices: mayInRoom(ticket.role, 'speak'),
  });
  if (!room || !devices || !files) return null;
  return (
    <>
      <BackOnceLoggedIn room={room} onAgain={onAgain} />
      <RoomPage
        room={room}
        devices={devices}
        files={files}
        kase={kase.data}
        hasCase
        onAgain={onAgain}
        onBack={() => void navigate({ to: '/consultations/$consultationId', params: { consultationId } })}
      />
    </>
  );
}

function BackOnceLoggedIn({ room, onAgain }: { room: RoomClient; onAgain: () => void }) {
  const phase = useRoom(room, (state) => state.phase);
  useOnceLoggedIn(phase.name === 'over' && phase.reason === 'logged-out', onAgain);
  return null;
}
