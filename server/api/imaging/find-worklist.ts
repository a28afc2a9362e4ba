import { scopeOfFacilities } from '@lianzhen/db/scope.ts';
import { toIsoInstant } from '@lianzhen/dicom/dates.ts';
import { type DicomJson, personName, sequence, text } from '@lianzhen/dicom/model.ts';
import { tags } from '@lianzhen/dicom/tags.ts';
import type { Deps } from '../deps.ts';
import type { FindRequest } from '../dimse/handlers.ts';
import { answerCharset } from './answer-charset.ts';
import type { DimsePeer } from './dimse-peer.ts';
import { fits, onlyRequested } from './identifier-match.ts';
import { isWithin, keyRange } from './key-range.ts';
import { patientNumbers, worklistItem } from './worklist-item.ts';
import { stationsOf } from './worklist-stations.ts';
import * as store from './worklist-store.ts';

const mostItems = 1000;
const step = tags.ScheduledProcedureStepSequence;

/**
 * The modality worklist (PS3.4 annex K): what the caller's facility has ordered and not made yet. Date, modality, numbers
 * and UID select in the database; names, station (worklist-stations.ts) and times of day in here, for wildcards and all groups. A performing
 * physician is asked for in vain: nobody is scheduled to be one, so that every exam is offered to whoever asks.
 */
export async function* findWorklist(
  { db }: Pick<Deps, 'db'>,
  { device }: DimsePeer,
  { identifier, signal }: FindRequest,
): AsyncGenerator<DicomJson> {
  const [keys = {}] = sequence(identifier, step);
  const filter: store.WorklistFilter = {
    ...days(keys, device.facility.timeZone),
    modality: exact(text(keys, tags.Modality)),
    accessionNumber: exact(text(identifier, tags.AccessionNumber)),
    studyInstanceUid: exact(text(identifier, tags.StudyInstanceUID)),
  };
  const isWanted = wantedBy(identifier, keys);
  const exams = await store.scheduledExams(db, scopeOfFacilities([device.facilityId]), filter, mostItems);
  const requesters = await store.requestersOf(db, exams);
  const machines = await store.machinesOf(db, scopeOfFacilities([device.facilityId]));
  const station = text(keys, tags.ScheduledStationAETitle) ?? '';
  for (const exam of exams) {
    if (signal.aborted) return;
    const stations = stationsOf(exam.modality, machines, device, station);
    const item = worklistItem(exam, stations, requesters.get(exam.order.requesterId ?? ''));
    if (stations.length === 0 || !isWanted(item, patientNumbers(exam))) continue;
    const answer = onlyRequested(item, identifier);
    const charset = answerCharset(answer, identifier, device.charsetOverride);
    yield { ...answer, [tags.SpecificCharacterSet]: { vr: 'CS', Value: charset } };
  }
}

/** A value without wildcards selects in the database already. */
const exact = (key: string | undefined): string | undefined => (key && !/[*?]/.test(key) ? key : undefined);

/** The days asked for, as instants in the facility's own time. */
function days(keys: DicomJson, zone: string): Pick<store.WorklistFilter, 'from' | 'to'> {
  const range = keyRange(keys, tags.ScheduledProcedureStepStartDate, 'DA');
  const at = (da: string | undefined, tm: string) => {
    const instant = toIsoInstant(da, tm, { zone });
    return instant ? new Date(instant) : undefined;
  };
  return { from: at(range?.from, '000000'), to: at(range?.to, '235959.999') };
}

/** The keys that the database was not asked for. A time of day means that time on every day asked for. */
function wantedBy(identifier: DicomJson, keys: DicomJson): (item: DicomJson, numbers: string[]) => boolean {
  const births = keyRange(identifier, tags.PatientBirthDate, 'DA');
  const times = keyRange(keys, tags.ScheduledProcedureStepStartTime, 'TM');
  const number = text(identifier, tags.PatientID) ?? '';
  return (item, numbers) => {
    const [own = {}] = sequence(item, step);
    const plain = [
      [tags.AccessionNumber, identifier, item],
      [tags.RequestedProcedureID, identifier, item],
      [tags.PatientSex, identifier, item],
      [tags.Modality, keys, own],
    ] as const;
    return (
      plain.every(([tag, asked, given]) => fits(text(asked, tag) ?? '', text(given, tag) ?? '')) &&
      isWithin(text(item, tags.PatientBirthDate) ?? '', births) &&
      isWithin(text(own, tags.ScheduledProcedureStepStartTime) ?? '', times) &&
      isName(item, identifier) &&
      [text(item, tags.PatientID) ?? '', ...numbers].some((one) => fits(number, one))
    );
  };
}

/** Each group that is asked for must fit one of the name's. */
function isName(item: DicomJson, identifier: DicomJson): boolean {
  const asked = Object.values(personName(identifier, tags.PatientName) ?? {});
  const groups = Object.values(personName(item, tags.PatientName) ?? {});
  return asked.every((group: string) => groups.some((one: string) => fits(group, one)));
}
