import { useEcgDesk } from '../desk.ts';
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
    </div>
  );
}
