import { MachineScope } from '@lianzhen/contracts/access.ts';
import { Button, Checkbox, Form, Input, Modal, Select, Typography } from 'antd';
import { useState } from 'react';
import { useAct } from '../../api/queries.ts';
import { seatsFor, useSession } from '../../api/session.ts';
import { Failure } from '../../ui/failure.tsx';
import { Field } from '../../ui/field.tsx';
import { useIdentityText } from './texts.ts';

/** A machine's token: made here, shown once, kept by the hub only as a hash. */
export function TokenDialog({ onClose }: { onClose: () => void }) {
  const t = useIdentityText();
  const session = useSession();
  const seats = seatsFor(session, 'account:manage');
  const [facilityId, setFacilityId] = useState(seats[0]?.facilityId ?? '');
  const [name, setName] = useState('');
  const [scopes, setScopes] = useState<MachineScope[]>(['studies:send']);
  const [isTried, setTried] = useState(false);
  const create = useAct('identity', 'createMachineToken');
  const save = () => {
    setTried(true);
    if (name.trim() && scopes.length) create.mutate({ facilityId, name, scopes });
  };
  if (create.data) return <NewToken {...create.data} onClose={onClose} />;
  return (
    <Modal
      open
      title={t('newToken')}
      okText={t('create')}
      cancelText={t('cancel')}
      confirmLoading={create.isPending}
      mask={{ closable: false }}
      onOk={save}
      onCancel={onClose}
    >
      <Form layout="vertical" component="div">
        {seats.length > 1 && (
          <Field label={t('facility')}>
            <Select
              value={facilityId}
              onChange={setFacilityId}
              options={seats.map((seat) => ({ value: seat.facilityId, label: seat.name }))}
            />
          </Field>
        )}
        <Field label={t('tokenName')} required validateStatus={isTried && !name.trim() ? 'error' : ''}>
          <Input
            maxLength={60}
            placeholder={t('tokenNamePlaceholder')}
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        </Field>
        <Field label={t('scopes')} required validateStatus={isTried && !scopes.length ? 'error' : ''}>
          <Checkbox.Group
            value={scopes}
            onChange={(next) => setScopes(next as MachineScope[])}
            options={MachineScope.options.map((scope) => ({ value: scope, label: t(scope) }))}
          />
        </Field>
      </Form>
      {create.error && <Failure error={create.error} />}
    </Modal>
  );
}

/** The one time that a token is shown: no click beside the dialog closes it. */
function NewToken({ name, token, onClose }: { name: string; token: string; onClose: () => void }) {
  const t = useIdentityText();
  const done = (
    <Button type="primary" onClick={onClose}>
      {t('done')}
    </Button>
  );
  return (
    <Modal open title={name} closable={false} keyboard={false} mask={{ closable: false }} footer={done}>
      <p>{t('tokenOnce')}</p>
      <Typography.Paragraph copyable code>
        {token}
      </Typography.Paragraph>
    </Modal>
  );
}
