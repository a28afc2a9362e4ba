import { useNavigate } from '@tanstack/react-router';
import { Form, Select } from 'antd';
import { type KeyboardEvent, useEffect } from 'react';
import type { Outputs } from '../../api/client.ts';
import { type OpenedDraft, useDraft } from '../../api/drafts/use-draft.ts';
import { seatsFor, useSession } from '../../api/session.ts';
import { DraftLine } from '../../ui/draft-line.tsx';
import { Panel } from '../../ui/page.tsx';
import { ClinicalPart } from './clinical-part.tsx';
import { ConsentPart } from './consent-part.tsx';
import { type DraftPatient, type OrderDraft, orderDrafts } from './draft.ts';
import { ExamPart } from './exam-part.tsx';
import { FormField } from './form-field.tsx';
import type { PatientField } from './patient-field-props.ts';
import { SendPanel } from './send-panel.tsx';
import { useOrdersText } from './texts.ts';
import { usePlaces } from './use-places.ts';
import { useSend } from './use-send.ts';

interface OrderFormProps {
  opened: OpenedDraft<OrderDraft>;
  /** The patient from whose page the request was begun. */
  given: Outputs['patients']['read'] | undefined;
  patientField: PatientField;
}

/** The whole request on one page: patient, exam, clinical facts, consent, and beside them what is still missing. */
export function OrderForm({ opened, given, patientField: PatientField }: OrderFormProps) {
  const t = useOrdersText();
  const session = useSession();
  const seats = seatsFor(session, 'order:write');
  const { draft: typed, status, change: save, keepMine, takeTheirs, queue } = useDraft(orderDrafts, opened);
  const places = usePlaces(typed);
  const draft: OrderDraft = { ...typed, centreId: places.centreId };
  const sending = useSend(draft, queue);
  const change = (part: Partial<OrderDraft>) => {
    sending.changed(part);
    save(part);
  };
  const pick = (patient: DraftPatient | null) => {
    const isOwn = draft.consentRelation === 'self';
    change({ patient, newPatient: null, ...(isOwn ? { consentSigner: patient?.name ?? '' } : {}) });
  };
  useGiven(given, draft, pick);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void sending.send();
  };
  const { marks } = sending;
  return (
    <Form layout="vertical" component="div" className="split" onKeyDown={onKeyDown}>
      <div>
        {seats.length > 1 && (
          <Panel title={t('facility')}>
            <Select
              value={draft.facilityId}
              onChange={(facilityId) => change({ facilityId, centreId: '' })}
              options={seats.map((seat) => ({ value: seat.facilityId, label: seat.name }))}
            />
          </Panel>
        )}
        <Panel title={t('patient')}>
          <FormField field="patient" marks={marks} className="field-bare">
            <PatientField
              facilityId={draft.facilityId}
              value={draft.patient}
              onPick={pick}
              typed={draft.newPatient}
              onType={(newPatient) => change({ newPatient })}
              hasError={marks.has('patient')}
            />
          </FormField>
        </Panel>
        <ExamPart draft={draft} marks={marks} places={places} onChange={change} />
        <ClinicalPart draft={draft} marks={marks} onChange={change} paired={places.paired} />
        <ConsentPart draft={draft} marks={marks} onChange={change} />
      </div>
      <SendPanel {...sending} onSend={() => void sending.send()}>
        <DraftLine status={status} onKeepMine={() => void keepMine()} onTakeTheirs={() => void takeTheirs()} />
      </SendPanel>
    </Form>
  );
}

/** A request begun from a patient's page has that patient, once; the address then forgets it, so that it can be changed. */
function useGiven(
  given: Outputs['patients']['read'] | undefined,
  draft: OrderDraft,
  pick: (patient: DraftPatient) => void,
): void {
  const navigate = useNavigate({ from: '/orders/new' });
  useEffect(() => {
    if (!given) return;
    const { id, name, sex, birthDate } = given;
    if (!draft.patient) pick({ id, name, sex, birthDate });
    void navigate({ search: ({ draft: key }) => ({ draft: key }), replace: true });
  });
}
