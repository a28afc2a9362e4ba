import { useQuery } from '@tanstack/react-query';
import { Form, Select } from 'antd';
import { type OpenedDraft, useDraft } from '../../api/drafts/use-draft.ts';
import { ask } from '../../api/queries.ts';
import { seatsFor, useSession } from '../../api/session.ts';
import { DraftLine } from '../../ui/draft-line.tsx';
import { Panel } from '../../ui/page.tsx';
import { AttachPart } from './attach-part.tsx';
import { ConsentPart } from './consent-part.tsx';
import type { PartProps } from './part-props.ts';
import type { PatientField, PickedPatient } from './patient-field-props.ts';
import { type RequestDraft, requestDrafts } from './request-draft.ts';
import { RequestField } from './request-field.tsx';
import { SendPanel } from './send-panel.tsx';
import { useConsultationText } from './texts.ts';
import { useSendRequest } from './use-send-request.ts';
import { WhatPart } from './what-part.tsx';
import { WhenPart } from './when-part.tsx';
import { WhoPart } from './who-part.tsx';

interface RequestFormProps {
  opened: OpenedDraft<RequestDraft>;
  patientField: PatientField;
}

/** The whole request on one page, and beside it what is still missing. */
export function RequestForm({ opened, patientField: PatientPart }: RequestFormProps) {
  const t = useConsultationText();
  const session = useSession();
  const seats = seatsFor(session, 'consultation:request');
  const { draft, status, change, keepMine, takeTheirs, queue } = useDraft(requestDrafts, opened);
  const sending = useSendRequest(draft, queue);
  const patient = useQuery({ ...ask('patients', 'read', { id: draft.patientId }), enabled: draft.patientId !== '' });
  const missing = sending.isTried ? sending.missing : [];
  const part: PartProps = {
    draft,
    missing,
    onChange: (next) => {
      sending.reset();
      change(next);
    },
  };
  const pick = (picked: PickedPatient | null) => {
    const { consent } = draft;
    const isOwn = consent.relation === 'self';
    part.onChange({
      patientId: picked?.id ?? '',
      newPatient: null,
      attachments: { studyIds: [], orderIds: [], versionIds: [] },
      ...(isOwn ? { consent: { ...consent, signer: picked?.name ?? '' } } : {}),
    });
  };
  return (
    <Form layout="vertical" component="div" className="split">
      <div>
        {seats.length > 1 && (
          <Panel title={t('facility')}>
            <Select
              aria-label={t('facility')}
              value={draft.facilityId}
              onChange={(facilityId) => part.onChange({ facilityId, invitees: [] })}
              options={seats.map((seat) => ({ value: seat.facilityId, label: seat.name }))}
            />
          </Panel>
        )}
        <Panel title={t('patient')}>
          <RequestField field="patientId" missing={missing} className="field-bare">
            <PatientPart
              facilityId={draft.facilityId}
              value={draft.patientId && patient.data ? patient.data : null}
              onPick={pick}
              typed={draft.newPatient}
              onType={(newPatient) => part.onChange({ newPatient })}
              hasError={missing.includes('patientId')}
            />
          </RequestField>
        </Panel>
        <WhatPart {...part} />
        <WhenPart {...part} />
        <WhoPart {...part} />
        <AttachPart {...part} />
        <ConsentPart {...part} patientName={patient.data?.name ?? ''} />
      </div>
      <SendPanel {...sending}>
        <DraftLine status={status} onKeepMine={() => void keepMine()} onTakeTheirs={() => void takeTheirs()} />
      </SendPanel>
    </Form>
  );
}
