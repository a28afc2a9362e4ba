import { Alert, Button, Form, Select } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useColon } from '../../api/texts.ts';
import type { DeviceEntry, Use } from '../../call/device-choice.ts';
import { LevelMeter } from '../../call/level-meter.ts';
import type { LocalDevices } from '../../call/local-devices.ts';
import { usePart } from '../../call/use-room.ts';
import { Field } from '../../ui/field.tsx';
import { type ConsultationKey, useConsultationText } from './texts.ts';

interface DevicePanelProps {
  devices: LocalDevices;
  /** With the picture of the camera, where it is not in sight elsewhere. */
  hasPreview?: boolean;
}

/** Microphone, cameras and loudspeaker: which one, whether it works, and what to do where it does not. */
export function DevicePanel({ devices, hasPreview }: DevicePanelProps) {
  const t = useConsultationText();
  const colon = useColon();
  const state = usePart(devices, (all) => all);
  const { tracks, problems, lists } = state;
  return (
    <Form layout="vertical" component="div" className="device-panel">
      {hasPreview && tracks.camera && <Preview track={tracks.camera} />}
      {(['microphone', 'camera', 'examination'] as const).map((source) => {
        const problem = problems[source];
        return (
          problem && (
            <Alert
              key={source}
              type="warning"
              showIcon
              className="notice"
              title={`${t(`use-${source}`)}${colon}${t(`problem-${problem}`)}`}
              action={
                <Button size="small" onClick={() => void devices.open(source)}>
                  {t('tryAgain')}
                </Button>
              }
            />
          )
        );
      })}
      <Choice devices={devices} use="microphone" list={lists.microphone} />
      {tracks.microphone && <Level track={tracks.microphone} />}
      <Choice devices={devices} use="camera" list={lists.camera} />
      {lists.camera.length > 1 && <Choice devices={devices} use="examination" list={lists.camera} />}
      <Choice devices={devices} use="loudspeaker" list={lists.loudspeaker} />
      <SoundTest loudspeaker={state.chosen.loudspeaker} />
    </Form>
  );
}

interface ChoiceProps {
  devices: LocalDevices;
  use: Use;
  list: readonly DeviceEntry[];
}

function Choice({ devices, use, list }: ChoiceProps) {
  const t = useConsultationText();
  const state = usePart(devices, (all) => all);
  const known = list.filter(({ id }) => id !== '');
  if (!known.length) return null;
  const running = use === 'loudspeaker' ? undefined : state.tracks[use]?.getSettings().deviceId;
  const value = running ?? state.chosen[use]?.id;
  return (
    <Field label={t(`use-${use}` as ConsultationKey)}>
      <Select
        value={known.some(({ id }) => id === value) ? value : null}
        placeholder={t('useDefault')}
        onChange={(id) => {
          const device = known.find((each) => each.id === id);
          if (device) void devices.choose(use, device);
        }}
        options={known.map(({ id, label }, at) => ({ value: id, label: label || `${t(`use-${use}`)} ${at + 1}` }))}
        data-testid={`choose-${use}`}
      />
    </Field>
  );
}

function Preview({ track }: { track: MediaStreamTrack }) {
  const t = useConsultationText();
  const video = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    if (video.current) video.current.srcObject = new MediaStream([track]);
  }, [track]);
  return <video ref={video} className="device-preview" autoPlay muted playsInline aria-label={t('preview')} />;
}

/** Ten looks a second: quick enough to follow a voice. */
const lookMs = 100;

/** How loud the microphone hears, as a bar. */
export function Level({ track }: { track: MediaStreamTrack }) {
  const t = useConsultationText();
  const [level, setLevel] = useState(0);
  useEffect(() => {
    const meter = new LevelMeter(track);
    const timer = window.setInterval(() => setLevel(meter.read()), lookMs);
    return () => {
      window.clearInterval(timer);
      meter.close();
    };
  }, [track]);
  return (
    <div className="level">
      <meter min={0} max={1} value={level} aria-label={t('level-meter')} data-testid="level" />
      <span className="muted">{t('levelNote')}</span>
    </div>
  );
}

/** Half a second of a tone that every loudspeaker can give. */
function SoundTest({ loudspeaker }: { loudspeaker: DeviceEntry | undefined }) {
  const t = useConsultationText();
  const play = () => {
    const context = new AudioContext();
    if (loudspeaker?.id && 'setSinkId' in context)
      void (context as AudioContext & { setSinkId: (id: string) => Promise<void> }).setSinkId(loudspeaker.id);
    const tone = context.createOscillator();
    const volume = context.createGain();
    volume.gain.value = 0.2;
    tone.frequency.value = 660;
    tone.connect(volume).connect(context.destination);
    tone.start();
    tone.stop(context.currentTime + 0.5);
    tone.onended = () => void context.close();
  };
  return (
    <Button size="small" onClick={play}>
      {t('soundTest')}
    </Button>
  );
}
