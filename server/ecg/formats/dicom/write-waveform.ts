import { writePart10 } from '@lianzhen/dicom/part10.ts';
import { tags } from '@lianzhen/dicom/tags.ts';
import type { Trace } from '../../trace.ts';
import { chooseClass } from './choose-class.ts';
import { attribute, items } from './dicom-values.ts';
import { commonModules, type ObjectIdentity } from './object-identity.ts';
import { wave } from './waveform-tags.ts';
import { annotationItems } from './write-annotations.ts';
import { groupItem } from './write-groups.ts';

/**
 * A trace of any format as a DICOM waveform object: a Part 10 file in explicit VR little endian and UTF-8, lossless in
 * samples, gain, rate, leads and what is derived. Patient and study are those of `identity`, device and times those of
 * the recorder. The same input gives the same bytes.
 * @throws HubError ecg-invalid for a trace without recordings or with leads of unequal length, and for an identifier
 * that would not be stored whole
 */
export function writeWaveform(trace: Trace, identity: ObjectIdentity): Buffer {
  const { uid, bits } = chooseClass(trace);
  const annotations = annotationItems(trace);
  return writePart10({
    ...commonModules(trace, identity, uid),
    [tags.Modality]: attribute('CS', 'ECG'),
    [wave.AcquisitionContextSequence]: items(),
    ...(annotations.length > 0 ? { [wave.WaveformAnnotationSequence]: items(...annotations) } : {}),
    [wave.WaveformSequence]: items(...trace.recordings.map((recording) => groupItem(recording, bits))),
  });
}
