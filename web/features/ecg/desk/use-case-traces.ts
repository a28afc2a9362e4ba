import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { Outputs } from '../../../api/client.ts';
import { ask } from '../../../api/queries.ts';
import { useDeskChoice } from './desk-choice.ts';
import { pickTraces } from './pick-traces.ts';

type Kase = Pick<Outputs['worklist']['read'], 'id' | 'patient'>;

/** The traces of a case and of its patient, and which of them are on the desk. */
export function useCaseTraces(kase: Kase) {
  const ofCase = useQuery(ask('ecg', 'list', { caseId: kase.id, pageSize: 50 }));
  const ofPatient = useQuery(ask('ecg', 'list', { patientId: kase.patient.id, pageSize: 100 }));
  const [choice, choose] = useDeskChoice(kase.id);
  const rows = ofCase.data?.rows;
  const all = ofPatient.data?.rows;
  const picked = useMemo(() => pickTraces(rows ?? [], all ?? [], choice), [rows, all, choice]);
  const shown = useTraceView(picked.shown?.id);
  const earlier = useTraceView(picked.earlier?.id);
  return { ofCase, rows: rows ?? [], ...picked, choose, view: shown, earlierView: earlier };
}

/** One trace as the viewer opens it; nothing is asked without an id. */
export const useTraceView = (id: string | undefined) =>
  useQuery({ ...ask('ecg', 'read', { id: id ?? '' }), enabled: id !== undefined });
