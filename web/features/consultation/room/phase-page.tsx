import { Button, Result, Spin } from 'antd';
import type { LocalDevices } from '../../../call/local-devices.ts';
import type { Phase } from '../../../call/room-state.ts';
import { useNow } from '../../../ui/use-now.ts';
import { DevicePanel } from '../device-panel.tsx';
import { useRoomText } from './texts.ts';

interface WaitPageProps {
  phase: Exclude<Phase, { name: 'over' } | { name: 'in' }>;
  devices: LocalDevices;
  onLeave: () => void;
}

/** On the way in: connecting, or in the lobby, where one uses the time to look at oneself. */
export function WaitPage({ phase, devices, onLeave }: WaitPageProps) {
  const t = useRoomText();
  const now = useNow(1000);
  const seconds = phase.name === 'reconnecting' ? Math.max(0, Math.round((now.getTime() - phase.since) / 1000)) : 0;
  return (
    <div className="room-wait" data-testid="room-phase" data-phase={phase.name}>
      <div className="panel">
        <div className="room-wait-head" role="status">
          <Spin />
          <div>
            <h1>{t(`phase-${phase.name}`, { n: seconds })}</h1>
            <p className="muted">{t(`phase-${phase.name}-note`)}</p>
          </div>
        </div>
        {phase.name === 'lobby' && <DevicePanel devices={devices} hasPreview />}
        <Button onClick={onLeave} data-testid="leave">
          {t('leave')}
        </Button>
      </div>
    </div>
  );
}

interface OverPageProps {
  phase: Extract<Phase, { name: 'over' }>;
  hasCase: boolean;
  onAgain: () => void;
  onBack: () => void;
}

/** The end for this browser, why, and the way on. */
export function OverPage({ phase: { reason, text }, hasCase, onAgain, onBack }: OverPageProps) {
  const t = useRoomText();
  const mayAgain = ['left', 'locked', 'replaced', 'failed', 'logged-out'].includes(reason);
  const isGood = reason === 'left' || reason === 'ended';
  return (
    <div className="room-wait" data-testid="room-phase" data-phase="over" data-reason={reason}>
      <Result
        status={isGood ? 'success' : 'warning'}
        title={t(`over-${reason}`)}
        subTitle={text || t(`over-${reason}-note`)}
        extra={[
          mayAgain && (
            <Button
              key="again"
              type={reason === 'logged-out' ? 'primary' : 'default'}
              onClick={onAgain}
              data-testid="join-again"
            >
              {t(reason === 'logged-out' ? 'logInAgain' : 'joinAgain')}
            </Button>
          ),
          <Button
            key="back"
            type={reason === 'logged-out' ? 'default' : 'primary'}
            onClick={onBack}
            data-testid="back-to-case"
          >
            {t(hasCase ? 'back' : 'guestClose')}
          </Button>,
        ]}
      />
    </div>
  );
}
