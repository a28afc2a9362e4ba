import type { Role } from '@lianzhen/contracts/access.ts';
import type { Title } from '@lianzhen/contracts/identity.ts';
import { Checkbox, Input, Select } from 'antd';
import { seatsFor, useSession } from '../../api/session.ts';
import { useLanguage } from '../../api/texts.ts';
import { useOptions } from '../../api/vocabulary.ts';
import { Field } from '../../ui/field.tsx';
import { useIdentityText } from './texts.ts';
import type { AccountForm } from './use-account.ts';

/** Asked only of who manages several facilities. */
export function FacilityField({ edit }: { edit: AccountForm }) {
  const t = useIdentityText();
  const seats = seatsFor(useSession(), 'account:manage');
  if (seats.length < 2) return null;
  return (
    <Field label={t('facility')}>
      <Select
        value={edit.form.facilityId}
        onChange={edit.moveTo}
        options={seats.map((seat) => ({ value: seat.facilityId, label: seat.name }))}
      />
    </Field>
  );
}

/** What a new account is logged in with. */
export function CredentialFields({ edit }: { edit: AccountForm }) {
  const t = useIdentityText();
  return (
    <>
      <Field label={t('username')} required validateStatus={edit.status('username')} help={t('usernameRule')}>
        <Input
          autoComplete="off"
          value={edit.form.username}
          onChange={(event) => edit.set({ username: event.target.value })}
        />
      </Field>
      <Field
        label={t('initialPassword')}
        required
        validateStatus={edit.status('password')}
        help={`${t('passwordRule')} ${t('initialNote')}`}
      >
        <Input.Password
          autoComplete="new-password"
          value={edit.form.password}
          onChange={(event) => edit.set({ password: event.target.value })}
        />
      </Field>
    </>
  );
}

export function AccountFields({ edit, isNew }: { edit: AccountForm; isNew: boolean }) {
  const t = useIdentityText();
  const roleOptions = useOptions('role');
  const titles = useOptions('title');
  return (
    <>
      <Field label={t('displayName')} required validateStatus={edit.status('displayName')}>
        <Input
          autoComplete="off"
          maxLength={60}
          value={edit.form.displayName}
          onChange={(event) => edit.set({ displayName: event.target.value })}
        />
      </Field>
      <Field label={t('title')}>
        <Select
          value={edit.form.title}
          onChange={(title) => edit.set({ title })}
          options={[{ value: '', label: t('noTitle') }, ...titles] as { value: Title | ''; label: string }[]}
        />
      </Field>
      <Field label={t('licence')} help={t('licenceNote')} validateStatus={edit.status('licenceNumber')}>
        <Input
          autoComplete="off"
          maxLength={32}
          value={edit.form.licenceNumber}
          onChange={(event) => edit.set({ licenceNumber: event.target.value })}
          data-testid="account-licence"
        />
      </Field>
      <Field label={t('roles')} required={isNew} validateStatus={edit.status('roles')}>
        <Checkbox.Group
          value={edit.form.roles}
          onChange={(roles) => edit.set({ roles: roles as Role[] })}
          options={roleOptions}
        />
      </Field>
      {edit.centres.length > 0 && <CentresField edit={edit} />}
    </>
  );
}

/** Whose queue a reader works on. */
function CentresField({ edit }: { edit: AccountForm }) {
  const t = useIdentityText();
  const language = useLanguage();
  const { centres, chosen } = edit;
  return (
    <Field label={t('centres')} help={t(chosen.length > 0 ? 'centresNote' : 'noCentre')}>
      <Checkbox.Group
        value={chosen}
        onChange={(centreIds) => edit.set({ centreIds })}
        options={centres.map((centre) => ({
          value: centre.id,
          label: (language === 'en' && centre.nameEn) || centre.name,
        }))}
        data-testid="account-centres"
      />
    </Field>
  );
}
