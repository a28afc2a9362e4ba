import { PersonName, type StudyRow, StudyState } from '@lianzhen/contracts/imaging.ts';
import type { StudyFound } from './study-store.ts';

/** A study as people see it in lists. */
export function studyRow(found: StudyFound): StudyRow {
  const order = found.orderExam?.order;
  return {
    id: found.id,
    studyInstanceUid: found.studyInstanceUid,
    state: StudyState.parse(found.state),
    revision: found.revision,
    facilityName: found.facility.name,
    headerName: PersonName.nullable().parse(found.headerName),
    headerPatientId: found.headerPatientId,
    headerSex: found.headerSex,
    headerBirthDate: found.headerBirthDate,
    accessionNumber: found.accessionNumber,
    description: found.description,
    modalities: found.modalities,
    studyDate: found.studyDate,
    seriesCount: found.seriesCount,
    instanceCount: found.instanceCount,
    lateInstances: found.lateInstances,
    receivedAt: found.receivedAt.toISOString(),
    orderId: order?.id ?? null,
    orderNumber: order?.number ?? null,
    charset: found.charset,
  };
}
