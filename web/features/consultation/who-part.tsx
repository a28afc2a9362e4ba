import { Specialty } from '@lianzhen/contracts/consultation-experts.ts';
import { Title } from '@lianzhen/contracts/identity.ts';
import { useQuery } from '@tanstack/react-query';
import { Checkbox, Select } from 'antd';
import { ask } from '../../api/queries.ts';
import { useNames } from '../../api/vocabulary.ts';
import { Loaded } from '../../ui/loaded.tsx';
import { Panel } from '../../ui/page.tsx';
import { ExpertLine } from './expert-line.tsx';
import type { PartProps } from './part-props.ts';
import { anchorOf } from './request-draft.ts';
import { RequestField } from './request-field.tsx';
import { useConsultationText } from './texts.ts';

/** Of which specialty and title, and who of them; several experts of several hospitals where it takes several. */
export function WhoPart({ draft, missing, onChange }: PartProps) {
  const t = useConsultationText();
  const names = useNames();
  return (
    <Panel title={t('whoPart')}>
      <div className="pair">
        <RequestField field="specialty" label={t('specialty')} missing={missing}>
          <Select
            showSearch={{ optionFilterProp: 'label' }}
            value={draft.specialty}
            onChange={(specialty) => onChange({ specialty, invitees: [] })}
            options={Specialty.options.map((value) => ({ value, label: names('specialty', value) }))}
            data-testid="specialty"
          />
        </RequestField>
        <RequestField field="title" label={t('level')} missing={missing}>
          <Select
            value={draft.title}
            onChange={(title) => onChange({ title, invitees: [] })}
            options={Title.options
              .filter((value) => value !== 'resident')
              .map((value) => ({ value, label: t('orAbove', { title: names('title', value) }) }))}
            data-testid="expert-title"
          />
        </RequestField>
      </div>
      <div id={anchorOf('invitees')}>
        <Experts draft={draft} missing={missing} onChange={onChange} />
        {missing.includes('invitees') && <p className="field-error">{t('need')}</p>}
      </div>
    </Panel>
  );
}

function Experts({ draft, onChange }: PartProps) {
  const t = useConsultationText();
  const { facilityId, specialty, title, invitees } = draft;
  const isAsked = facilityId !== '' && specialty !== null && title !== null;
  const found = useQuery({
    ...ask('consultation', 'experts', {
      facilityId,
      ...(specialty ? { specialty } : {}),
      ...(title ? { title } : {}),
    }),
    enabled: isAsked,
  });
  if (!isAsked) return <p className="muted">{t('pickSpecialty')}</p>;
  const isInvited = (facility: string, expertId: string | null) =>
    invitees.some((each) => each.facilityId === facility && each.expertId === expertId);
  const toggle = (facility: string, expertId: string | null, isOn: boolean) => {
    const others = invitees.filter((each) => each.facilityId !== facility || each.expertId !== expertId);
    onChange({ invitees: isOn ? [...others, { facilityId: facility, expertId }] : others });
  };
  return (
    <Loaded query={found} rows={3}>
      {(experts) =>
        experts.length === 0 ? (
          <p className="muted">{t('noExperts')}</p>
        ) : (
          <div className="experts">
            {experts.map((expert) => (
              <Checkbox
                key={`${expert.facility.id}-${expert.accountId}`}
                className="expert"
                disabled={expert.lacks.length > 0}
                checked={isInvited(expert.facility.id, expert.accountId)}
                onChange={(event) => toggle(expert.facility.id, expert.accountId, event.target.checked)}
                data-testid="expert"
              >
                <ExpertLine expert={expert} />
              </Checkbox>
            ))}
            {facilitiesOf(experts).map(({ id, name }) => (
              <Checkbox
                key={id}
                className="expert"
                checked={isInvited(id, null)}
                onChange={(event) => toggle(id, null, event.target.checked)}
              >
                <span className="strong">{name}</span> · {t('anyExpert')}
                <div className="muted">{t('anyExpertNote')}</div>
              </Checkbox>
            ))}
          </div>
        )
      }
    </Loaded>
  );
}

interface Placed {
  facility: { id: string; name: string };
  lacks: readonly string[];
}

/** The hospitals that have at least one expert who may be invited. */
const facilitiesOf = (experts: readonly Placed[]) => [
  ...new Map(experts.filter(({ lacks }) => !lacks.length).map(({ facility }) => [facility.id, facility])).values(),
];
