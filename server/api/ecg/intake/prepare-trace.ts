import type { TraceFormatName } from '@lianzhen/contracts/ecg.ts';
import { bufferSource } from '@lianzhen/dicom/byte-source.ts';
import { completeTrace } from '@lianzhen/ecg/complete-leads.ts';
import type { ObjectIdentity } from '@lianzhen/ecg/formats/dicom/object-identity.ts';
import { writeWaveform } from '@lianzhen/ecg/formats/dicom/write-waveform.ts';
import { writePicture } from '@lianzhen/ecg/formats/picture/write-picture.ts';
import { readTrace } from '@lianzhen/ecg/formats/read-trace.ts';
import { openStoredTrace } from '@lianzhen/ecg/stored-trace.ts';
import type { Trace, TracePatient } from '@lianzhen/ecg/trace.ts';
import { saidOf, storable, type TraceFacts, traceFactsOf } from '@lianzhen/ecg/trace-facts.ts';

/** The patient of the order that the sender named. */
export interface NamedPatient {
  name: string;
  /** M, F, O */
  sex: string | null;
  /** YYYYMMDD */
  birthDate: string | null;
}
/** A file to be read and made into a DICOM object; plain data, so that it goes to another thread. */
export interface PrepareTask {
  bytes: Uint8Array;
  identity: Pick<
    ObjectIdentity,
    'sopInstanceUid' | 'studyInstanceUid' | 'seriesInstanceUid' | 'accessionNumber' | 'now'
  >;
  patient: NamedPatient | null;
}
export interface PreparedTrace {
  format: TraceFormatName;
  /** The object that is stored; null where the file is one itself. */
  made: Uint8Array | null;
  facts: TraceFacts;
  picture: { mediaType: string } | null;
}

/**
 * Reads a file of any format and makes it what is stored: a DICOM waveform with the derived leads completed, or for a
 * picture an object that holds it as it is. What is kept of it is read from that object, so that both agree.
 * @throws HubError `ecg-invalid` naming what is wrong and where
 */
export async function prepareTrace({ bytes, identity, patient }: PrepareTask): Promise<PreparedTrace> {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const trace = completeTrace(readTrace(file));
  const { format } = trace;
  if (format === 'dicom') {
    return { format, made: null, facts: traceFactsOf(await openStoredTrace(bufferSource(file))), picture: null };
  }
  const whole = { ...identity, patient: patientOf(trace.patient, patient) };
  if (trace.picture) {
    const { mediaType } = trace.picture;
    return { format, made: writePicture(file, whole), facts: factsOfPicture(trace), picture: { mediaType } };
  }
  const made = writeWaveform(trace, whole);
  const facts = traceFactsOf(await openStoredTrace(bufferSource(made)));
  // The recorder's words as it wrote them, and what was noticed in the file that it sent.
  return {
    format,
    made,
    facts: { ...facts, said: saidOf(trace), warnings: storable([...trace.warnings]) },
    picture: null,
  };
}

/**
 * Whose the object says that it is: whom the file names. Where it names nobody, it is the patient for whom the sender
 * said that he recorded it; what the file does say is compared with the order all the same.
 */
function patientOf(own: TracePatient, named: NamedPatient | null): ObjectIdentity['patient'] {
  const isNameless = own.name === null || own.name.replaceAll('^', '').trim() === '';
  const said = isNameless ? named : null;
  return {
    id: own.id ?? '',
    issuer: null,
    name: (isNameless ? named?.name : own.name) ?? '',
    sex: own.sex ?? said?.sex ?? null,
    birthDate: own.birthDate ?? said?.birthDate ?? null,
  };
}

const factsOfPicture = (trace: Trace): TraceFacts => ({
  acquiredAt: trace.acquiredAt,
  durationMs: null,
  leadCodes: [],
  recordings: [],
  said: saidOf(trace),
  warnings: storable([...trace.warnings]),
});
