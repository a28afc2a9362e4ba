import type { Specialty } from '@lianzhen/contracts/consultation-experts.ts';
import { App, DatePicker, Form, Input, Radio, Select } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useAct } from '../../../api/queries.ts';
import { seatsFor, useSession } from '../../../api/session.ts';
import { useOptions } from '../../../api/vocabulary.ts';
import { SetupDialog } from '../setup-dialog.tsx';
import { useSetupText } from '../setup-texts.ts';
import type { Expert } from './expert.ts';
import { faultOf, type HoursLine, hoursOf, linesOf, officeHours } from './hours.ts';
import { HoursField } from './hours-field.tsx';
import { PersonFields } from './person-fields.tsx';
import { useExpertText } from './texts.ts';

interface Fields {
  facilityId?: string;
  accountId?: string;
  specialty: Specialty;
  introduction: string;
  since: Dayjs | null;
  hours: HoursLine[];
  special: 'none' | 'on' | 'off';
  until?: Dayjs | null;
}

/** What the form shows of an entry; a new one begins with office hours. */
function fieldsOf(expert: Expert | undefined): Partial<Fields> {
  if (!expert) return { introduction: '', since: null, hours: officeHours(), special: 'none' };
  const { specialty, introduction, independentSince, hours, override } = expert;
  return {
    ...{ specialty, introduction, hours: linesOf(hours), since: independentSince ? dayjs(independentSince) : null },
    ...(override
      ? { special: override.isOnDuty ? ('on' as const) : ('off' as const), until: dayjs(override.until) }
      : { special: 'none' as const }),
  };
}

/** Adds somebody of the house to the directory, or changes an entry: his own, or anybody's of a facility that one runs. */
export function ExpertDialog({ expert, onClose }: { expert?: Expert | undefined; onClose: () => void }) {
  const t = useExpertText();
  const setup = useSetupText();
  const { message } = App.useApp();
  const session = useSession();
  const [form] = Form.useForm<Fields>();
  const save = useAct('consultation', 'saveExpert', {
    onSuccess: () => {
      void message.success(setup('saved'));
      onClose();
    },
  });
  const isAdmin = seatsFor(session, 'facility:manage').some(
    ({ facilityId }) => !expert || facilityId === expert.facility.id,
  );
  const submit = (fields: Fields) => {
    const { special, until } = fields;
    save.mutate({
      facilityId: expert?.facility.id ?? fields.facilityId ?? '',
      accountId: expert?.accountId ?? fields.accountId ?? '',
      revision: expert?.revision ?? 0,
      specialty: fields.specialty,
      introduction: fields.introduction,
      independentSince: fields.since?.format('YYYY-MM-DD') ?? null,
      hours: hoursOf(fields.hours),
      override: special !== 'none' && until ? { isOnDuty: special === 'on', until: until.toISOString() } : null,
      isListed: expert?.isListed ?? true,
    });
  };
  return (
    <SetupDialog<Fields>
      title={expert ? t('editOf', { name: expert.name }) : t('add')}
      act={setup(expert ? 'save' : 'create')}
      form={form}
      initialValues={fieldsOf(expert)}
      isBusy={save.isPending}
      error={save.error}
      onSave={submit}
      onClose={onClose}
    >
      {!expert && <PersonFields />}
      <WhatFields isAdmin={isAdmin} />
      <WhenFields />
    </SetupDialog>
  );
}

/** For what he is asked, and since when he may be. */
function WhatFields({ isAdmin }: { isAdmin: boolean }) {
  const t = useExpertText();
  const setup = useSetupText();
  const specialties = useOptions('specialty');
  return (
    <>
      <div className="pair">
        <Form.Item name="specialty" label={t('specialty')} rules={[{ required: true, message: setup('required') }]}>
          <Select options={specialties} showSearch={{ optionFilterProp: 'label' }} data-testid="expert-specialty" />
        </Form.Item>
        <Form.Item
          name="since"
          label={t('since')}
          extra={t(isAdmin ? 'sinceHint' : 'sinceAdmin')}
          rules={isAdmin ? [{ required: true, message: setup('required') }] : []}
        >
          <DatePicker
            className="full"
            disabled={!isAdmin}
            placeholder="2015-07-01"
            format={['YYYY-MM-DD', 'YYYYMMDD', 'YYYY/M/D', 'YYYY.M.D']}
            maxDate={dayjs()}
            data-testid="expert-since"
          />
        </Form.Item>
      </div>
      <Form.Item name="introduction" label={t('introduction')} extra={t('introductionHint')}>
        <Input maxLength={500} />
      </Form.Item>
    </>
  );
}

/** In which hours of the week, and what is otherwise for a while. */
function WhenFields() {
  const t = useExpertText();
  const special = Form.useWatch<Fields['special']>('special');
  const lines = async (_rule: unknown, value: HoursLine[] = []) => {
    // What is wrong stands at its line already.
    if (value.some(faultOf)) throw new Error(t('mendLine'));
  };
  const ahead = async (_rule: unknown, value: Dayjs | null | undefined) => {
    if (!value?.isAfter(dayjs())) throw new Error(t('untilNeeded'));
  };
  return (
    <>
      <Form.Item name="hours" label={t('hours')} extra={t('hoursNote')} rules={[{ validator: lines }]}>
        <HoursField />
      </Form.Item>
      <Form.Item name="special" label={t('special')}>
        <Radio.Group
          className="expert-special"
          options={(['none', 'on', 'off'] as const).map((value) => ({ value, label: t(`special-${value}`) }))}
        />
      </Form.Item>
      {special !== undefined && special !== 'none' && (
        <Form.Item name="until" label={t('until')} required rules={[{ validator: ahead }]}>
          <DatePicker
            className="full"
            showTime={{ format: 'HH:mm', minuteStep: 5 }}
            needConfirm={false}
            format="YYYY-MM-DD HH:mm"
            minDate={dayjs()}
            data-testid="expert-until"
          />
        </Form.Item>
      )}
    </>
  );
}
