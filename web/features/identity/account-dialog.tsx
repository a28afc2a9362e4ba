import type { Role } from '@lianzhen/contracts/access.ts';
import type { Title } from '@lianzhen/contracts/identity.ts';
import { App, Button, Checkbox, Form, Input, Modal, Select, Space } from 'antd';
import { useState } from 'react';
import type { Outputs } from '../../api/client.ts';
import { useAct } from '../../api/queries.ts';
import { seatsFor, useSession } from '../../api/session.ts';
import { useOptions } from '../../api/vocabulary.ts';
import { Failure } from '../../ui/failure.tsx';
import { Field } from '../../ui/field.tsx';
import { useIdentityText } from './texts.ts';

type Account = Outputs['identity']['accounts'][number];

interface AccountDialogProps {
  /** Absent for a new one. */
  account: Account | undefined;
  onClose: () => void;
}

const usernameRule = /^[a-z][a-z0-9._-]{2,31}$/;

/** A person's account in one facility: name, title, roles; locked and disabled ones are let in again here. */
export function AccountDialog({ account, onClose }: AccountDialogProps) {
  const t = useIdentityText();
  const session = useSession();
  const roleOptions = useOptions('role');
  const titles = useOptions('title');
  const { message } = App.useApp();
  const seats = seatsFor(session, 'account:manage');
  const [facilityId, setFacilityId] = useState(seats[0]?.facilityId ?? '');
  const rolesAt = (facility: string) =>
    (account?.roles ?? []).filter((one) => one.facilityId === facility).map(({ role }) => role);
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const [displayName, setDisplayName] = useState(account?.displayName ?? '');
  const [title, setTitle] = useState<Title | ''>(account?.title ?? '');
  const [roles, setRoles] = useState<Role[]>(rolesAt(facilityId));
  const [isTried, setTried] = useState(false);
  const onSuccess = () => {
    void message.success(t('saved'));
    onClose();
  };
  const create = useAct('identity', 'createAccount', { onSuccess });
  const change = useAct('identity', 'setAccount', { onSuccess });
  const error = create.error ?? change.error;
  const wrong = {
    username: !account && !usernameRule.test(username),
    password: !account && password.length < 10,
    displayName: !displayName.trim(),
    roles: !account && !roles.length,
  };
  const status = (field: keyof typeof wrong) => (isTried && wrong[field] ? 'error' : '');
  const save = () => {
    setTried(true);
    if (Object.values(wrong).some(Boolean)) return;
    const body = { facilityId, displayName, title: title || null, roles };
    if (account) change.mutate({ ...body, id: account.id });
    else create.mutate({ ...body, username, password });
  };
  return (
    <Modal
      open
      title={account ? `${t('edit')} ${account.displayName}` : t('newAccount')}
      okText={t(account ? 'save' : 'create')}
      cancelText={t('cancel')}
      confirmLoading={create.isPending || change.isPending}
      mask={{ closable: false }}
      onOk={save}
      onCancel={onClose}
    >
      <Form layout="vertical" component="div">
        {seats.length > 1 && (
          <Field label={t('facility')}>
            <Select
              value={facilityId}
              onChange={(next) => {
                setFacilityId(next);
                setRoles(rolesAt(next));
              }}
              options={seats.map((seat) => ({ value: seat.facilityId, label: seat.name }))}
            />
          </Field>
        )}
        {!account && (
          <>
            <Field label={t('username')} required validateStatus={status('username')} help={t('usernameRule')}>
              <Input autoComplete="off" value={username} onChange={(event) => setUsername(event.target.value)} />
            </Field>
            <Field label={t('initialPassword')} required validateStatus={status('password')} help={t('passwordRule')}>
              <Input.Password
                autoComplete="new-password"
                value={password}
                onChange={(event) => setPassword(event.target.value)}
              />
            </Field>
          </>
        )}
        <Field label={t('displayName')} required validateStatus={status('displayName')}>
          <Input
            autoComplete="off"
            maxLength={60}
            value={displayName}
            onChange={(event) => setDisplayName(event.target.value)}
          />
        </Field>
        <Field label={t('title')}>
          <Select
            value={title}
            onChange={setTitle}
            options={[{ value: '', label: t('noTitle') }, ...titles] as { value: Title | ''; label: string }[]}
          />
        </Field>
        <Field label={t('roles')} required={!account} validateStatus={status('roles')}>
          <Checkbox.Group value={roles} onChange={(next) => setRoles(next as Role[])} options={roleOptions} />
        </Field>
      </Form>
      {account && <Standing account={account} facilityId={facilityId} onDone={onClose} />}
      {error && <Failure error={error} />}
    </Modal>
  );
}

/** Lets a locked account in again, shuts one out, or takes that back. */
function Standing({ account, facilityId, onDone }: { account: Account; facilityId: string; onDone: () => void }) {
  const t = useIdentityText();
  const change = useAct('identity', 'setAccount', { onSuccess: onDone });
  const isLocked = account.lockedUntil !== null && Date.parse(account.lockedUntil) > Date.now();
  const set = (part: { disabled?: boolean; unlock?: true }) => change.mutate({ id: account.id, facilityId, ...part });
  return (
    <>
      <Space wrap>
        {isLocked && <Button onClick={() => set({ unlock: true })}>{t('unlock')}</Button>}
        {account.disabled ? (
          <Button onClick={() => set({ disabled: false })}>{t('enable')}</Button>
        ) : (
          <Button danger onClick={() => set({ disabled: true })}>
            {t('disable')}
          </Button>
        )}
        {!account.disabled && <span className="muted">{t('disableNote')}</span>}
      </Space>
      {change.error && <Failure error={change.error} />}
    </>
  );
}
