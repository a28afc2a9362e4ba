import type { patientsContract } from '@lianzhen/contracts/patients.ts';
import type { UseCases } from '../http/bind.ts';
import { createPatient } from './create-patient.ts';
import { dismissDuplicate, listDuplicates } from './duplicates.ts';
import { mergePatients, splitPatients } from './merge-patients.ts';
import { readPatient } from './read-patient.ts';
import { searchPatients } from './search-patients.ts';
import { updatePatient } from './update-patient.ts';

export const patientsUseCases = {
  search: searchPatients,
  read: readPatient,
  create: createPatient,
  update: updatePatient,
  duplicates: listDuplicates,
  dismissDuplicate,
  merge: mergePatients,
  split: splitPatients,
} satisfies UseCases<typeof patientsContract>;
