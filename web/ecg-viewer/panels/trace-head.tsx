import { Select } from 'antd';
import { leaveField } from '../../ui/leave-field.ts';
import { useEcgDesk } from '../desk.ts';
import type { EcgRecording } from '../source/ecg-source.ts';
import { sayCode } from '../texts.ts';

/** Whose trace it is and when it was recorded, as far as the file says. */
export function TraceHead() {
  const { meta, recording, say } = useEcgDesk();
  const { patient } = meta;
  const sex = patient?.sex ? sayCode(say, 'sex', patient.sex) : null;
  const parts = [
    patient?.name?.replaceAll('^', ' ').trim(),
    sex,
    patient?.birthDate,
    patient?.id,
    meta.acquiredAt?.replace('T', ' '),
    meta.device,
    `${recording.samplingFrequency} Hz`,
  ];
  return (
    <div className="lze-head" data-testid="ecg-head">
      {parts
        .filter((part) => part)
        .map((part, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: each part has its place.
          <span key={i}>{part}</span>
        ))}
      <RecordingChoice />
    </div>
  );
}

/** Of a trace with several recordings (two rhythms, a rhythm and its median beat): which one this is, and the others. */
function RecordingChoice() {
  const { meta, recording, onRecording, say } = useEcgDesk();
  if (meta.recordings.length < 2) return null;
  const nameOf = (one: EcgRecording): string =>
    [
      say('recording', { number: meta.recordings.indexOf(one) + 1 }),
      say(`kind.${one.kind}`),
      `${(one.durationMs / 1000).toFixed(1)} s`,
      one.label?.slice(0, 40),
    ]
      .filter(Boolean)
      .join(' · ');
  if (!onRecording) return <span data-testid="ecg-recording">{nameOf(recording)}</span>;
  return (
    <Select
      size="small"
      className="lze-recordings"
      aria-label={say('recordings')}
      popupMatchSelectWidth={false}
      value={recording.index}
      options={meta.recordings.map((one) => ({ value: one.index, label: nameOf(one) }))}
      onChange={onRecording}
      onSelect={leaveField}
      data-testid="ecg-recordings"
    />
  );
}
