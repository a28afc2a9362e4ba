import { AudioMutedOutlined, AudioOutlined, MoreOutlined } from '@ant-design/icons';
import type { PeerView } from '@lianzhen/contracts/room-signals.ts';
import { Button, Dropdown } from 'antd';
import type { ReactNode } from 'react';
import { useNames } from '../../../api/vocabulary.ts';
import type { RoomClient } from '../../../call/room-client.ts';
import { HandIcon } from './hand-icon.tsx';
import { useRoomText } from './texts.ts';
import { usePersonActs } from './use-person-acts.tsx';

interface TileProps {
  room: RoomClient;
  peer: PeerView;
  isYou?: boolean;
  hasPicture: boolean;
  /** The picture stands, because the link does not carry it. */
  isStill: boolean;
  isSpeaking: boolean;
  isLead: boolean;
  children: ReactNode;
}

/** One person: the picture or the name's first letter, what they are here, what they hear and see, and what one may do. */
export function Tile({ room, peer, isYou = false, hasPicture, isStill, isSpeaking, isLead, children }: TileProps) {
  const t = useRoomText();
  const names = useNames();
  const { items, dialog } = usePersonActs(room, peer, isYou);
  const microphone = peer.sources.find(({ source }) => source === 'microphone');
  const isHeard = microphone !== undefined && !microphone.isPaused;
  const isAway = peer.presence === 'away';
  const step =
    peer.step === 'full' ? '' : `${names('receivingStep', peer.step)} · ${names('stepReason', peer.stepReason)}`;
  return (
    <figure
      className={`room-tile ${isSpeaking ? 'room-tile-speaks' : ''} ${isAway ? 'room-tile-away' : ''}`}
      data-testid="tile"
      data-peer={peer.peerId}
      data-step={peer.step}
      data-presence={peer.presence}
      data-you={isYou}
    >
      <div className={hasPicture ? 'room-face' : 'room-face room-faceless'}>
        {children}
        {!hasPicture && (
          <span className="room-letter" style={{ background: peer.colour }} aria-hidden="true">
            {peer.name.slice(-1)}
          </span>
        )}
        {isAway && <span className="room-over">{t('away')}</span>}
        {!isAway && isStill && hasPicture && <span className="room-over room-over-low">{t('still')}</span>}
        {peer.hasHandUp && (
          <span className="room-hand" role="img" aria-label={t('handUp')}>
            <HandIcon />
          </span>
        )}
        {items.length > 0 && (
          <Dropdown menu={{ items }} trigger={['click']}>
            <Button
              className="room-tile-more"
              size="small"
              type="text"
              icon={<MoreOutlined />}
              aria-label={t('personActs', { name: peer.name })}
            />
          </Dropdown>
        )}
      </div>
      <figcaption>
        <span className="room-name">
          <i style={{ background: peer.colour }} />
          {isHeard ? (
            <AudioOutlined aria-label={t('heard')} />
          ) : (
            <AudioMutedOutlined aria-label={t('muted')} className="room-muted" />
          )}
          <b>{isYou ? t('youNamed', { name: peer.name }) : peer.name}</b>
          {isLead && <em>{t('leads')}</em>}
        </span>
        <small>
          {names('seatRole', peer.role)}
          {peer.facilityName && ` · ${peer.facilityName}`}
        </small>
        {step && (
          <small className="room-step" data-testid="step">
            {step}
          </small>
        )}
      </figcaption>
      {dialog}
    </figure>
  );
}
