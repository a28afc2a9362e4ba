import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { Outputs } from '../../api/client.ts';
import { ask, useAct } from '../../api/queries.ts';
import { bodyOfPatient, mergeTyped, TypedPatient } from './typed-patient.ts';

type Patient = Outputs['patients']['read'];

export const typedOf = (patient: Patient): TypedPatient => TypedPatient.parse({ ...patient, ...textsOf(patient) });
const textsOf = (patient: Patient) => ({
  birthDate: patient.birthDate ?? '',
  phone: patient.phone ?? '',
  address: patient.address ?? '',
});

/**
 * A correction under way. Where somebody else was quicker, their changes are taken in and saving goes on from there;
 * `theirs` then names what both have changed.
 */
export function useCorrection(patient: Patient, onSaved: () => void) {
  const [base, setBase] = useState(patient);
  const [value, setValue] = useState(() => typedOf(patient));
  const [theirs, setTheirs] = useState<{ patient: Patient; conflicts: (keyof TypedPatient)[] }>();
  const save = useAct('patients', 'update', { onSuccess: onSaved });
  const { reset } = save;
  const isStale = save.error?.code === 'stale-revision';
  const newest = useQuery({ ...ask('patients', 'read', { id: patient.id }), enabled: isStale, staleTime: 0 });
  const found = isStale && newest.data && newest.data.revision !== base.revision ? newest.data : undefined;
  useEffect(() => {
    if (!found) return;
    const merged = mergeTyped(typedOf(base), value, typedOf(found));
    setValue(merged.value);
    setTheirs({ patient: found, conflicts: merged.conflicts });
    setBase(found);
    reset();
  }, [found, base, value, reset]);
  return {
    value,
    theirs,
    error: isStale ? null : save.error,
    isBusy: save.isPending || isStale,
    change(next: TypedPatient) {
      if (save.error) reset();
      setValue(next);
    },
    takeTheirs() {
      if (theirs) setValue(typedOf(theirs.patient));
      setTheirs(undefined);
    },
    /** Does nothing while something is missing or wrong. */
    send() {
      const body = bodyOfPatient(value);
      if (body) save.mutate({ ...body, id: patient.id, revision: base.revision });
    },
  };
}
