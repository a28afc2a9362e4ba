import { EyeOutlined } from '@ant-design/icons';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { Alert, Button, Descriptions } from 'antd';
import { useState } from 'react';
import { api, type Outputs } from '../../api/client.ts';
import { ask } from '../../api/queries.ts';
import { useMay } from '../../api/session.ts';
import { useLanguage } from '../../api/texts.ts';
import { useNames } from '../../api/vocabulary.ts';
import { Failure } from '../../ui/failure.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { Page, Panel } from '../../ui/page.tsx';
import { ageText } from '../../ui/time.ts';
import { useKeys } from '../../ui/use-keys.ts';
import { PatientEdit } from './patient-edit.tsx';
import { PatientMerges } from './patient-merges.tsx';
import { PatientOrders } from './patient-orders.tsx';
import { usePatientsText } from './texts.ts';

type Patient = Outputs['patients']['read'];

export function PatientScreen() {
  const { patientId } = useParams({ from: '/patients/$patientId' });
  return <PatientPage key={patientId} patientId={patientId} />;
}

function PatientPage({ patientId }: { patientId: string }) {
  const t = usePatientsText();
  const may = useMay();
  const navigate = useNavigate();
  const [isEdited, setEdited] = useState(false);
  const read = useQuery(ask('patients', 'read', { id: patientId }));
  // Every look at the whole numbers is written into the audit, so it happens on a click and never again by itself.
  const reveal = useMutation({ mutationFn: () => api.patients.read({ id: patientId, reveal: 'true' }) });
  const begin = () => void navigate({ to: '/orders/new', search: { patient: patientId } });
  const canOrder = may('order:write');
  useKeys(canOrder ? { n: begin } : {});
  return (
    <Page
      title={read.data?.name ?? t('patients')}
      note={read.data?.namePinyin}
      actions={
        <>
          {canOrder && (
            <Button type="primary" onClick={begin} disabled={Boolean(read.data?.mergedIntoId)}>
              {t('newOrder')} <kbd>n</kbd>
            </Button>
          )}
          {may('patient:write') && (
            <Button onClick={() => setEdited(true)} disabled={!read.data || Boolean(read.data.mergedIntoId)}>
              {t('edit')}
            </Button>
          )}
        </>
      }
    >
      <Loaded query={read}>
        {(patient) => (
          <>
            <Notices patient={patient} />
            <Panel>
              <Facts patient={patient} />
              <Numbers
                patient={reveal.data?.revision === patient.revision ? reveal.data : patient}
                isBusy={reveal.isPending}
                onReveal={() => reveal.mutate()}
              />
              {reveal.error && <Failure error={reveal.error} />}
            </Panel>
            <PatientOrders patientId={patientId} />
            {patient.merges.length > 0 && <PatientMerges merges={patient.merges} />}
            {isEdited && <PatientEdit patient={patient} onClose={() => setEdited(false)} />}
          </>
        )}
      </Loaded>
    </Page>
  );
}

function Notices({ patient }: { patient: Patient }) {
  const t = usePatientsText();
  const may = useMay();
  if (patient.mergedIntoId)
    return (
      <Alert
        type="warning"
        showIcon
        title={t('mergedAway')}
        action={
          <Link to="/patients/$patientId" params={{ patientId: patient.mergedIntoId }}>
            {t('seeSurvivor')}
          </Link>
        }
      />
    );
  if (!patient.hasOpenDuplicates) return null;
  const action = may('patient:merge') && <Link to="/patients/duplicates">{t('review')}</Link>;
  return <Alert className="notice" type="warning" showIcon title={t('hasDuplicates')} action={action} />;
}

function Facts({ patient }: { patient: Patient }) {
  const t = usePatientsText();
  const names = useNames();
  const language = useLanguage();
  return (
    <Descriptions
      size="small"
      column={{ xs: 1, sm: 2, lg: 4 }}
      items={[
        { key: 'sex', label: t('sex'), children: names('sex', patient.sex) },
        {
          key: 'birthDate',
          label: t('birthDate'),
          children: `${patient.birthDate ?? ''} ${ageText(patient.birthDate, language)}`,
        },
        { key: 'phone', label: t('phone'), children: patient.phone },
        { key: 'village', label: t('village'), children: patient.villageName },
        { key: 'address', label: t('address'), children: patient.address, span: 'filled' as const },
      ].filter((item) => item.children)}
    />
  );
}

function Numbers({ patient, isBusy, onReveal }: { patient: Patient; isBusy: boolean; onReveal: () => void }) {
  const t = usePatientsText();
  const names = useNames();
  return (
    <div className="row">
      {patient.identifiers.map((one) => (
        <span key={one.id} className="num">
          <span className="muted">{names('identifier', one.type)}</span>{' '}
          <span data-testid="identifier">{one.value}</span>{' '}
          {one.verified && <span className="tone tone-good">{t('verified')}</span>}
        </span>
      ))}
      {!patient.revealed && (
        <Button size="small" icon={<EyeOutlined />} loading={isBusy} onClick={onReveal} title={t('revealNote')}>
          {t('reveal')}
        </Button>
      )}
      <span className="muted">{t(patient.revealed ? 'revealed' : 'revealNote')}</span>
    </div>
  );
}
