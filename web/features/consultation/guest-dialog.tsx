import { Form, Input, Modal, Radio, Typography } from 'antd';
import { toCanvas } from 'qrcode';
import { useEffect, useRef, useState } from 'react';
import type { Outputs } from '../../api/client.ts';
import { useAct } from '../../api/queries.ts';
import { useNames } from '../../api/vocabulary.ts';
import { Failure } from '../../ui/failure.tsx';
import { Field } from '../../ui/field.tsx';
import { useConsultationText } from './texts.ts';

type Invited = Outputs['consultation']['inviteGuest'];

interface GuestDialogProps {
  consultationId: string;
  onClose: () => void;
}

/** Makes a guest's link, and shows number and code the one time they can be shown. */
export function GuestDialog({ consultationId, onClose }: GuestDialogProps) {
  const t = useConsultationText();
  const names = useNames();
  const [name, setName] = useState('');
  const [relation, setRelation] = useState('');
  const [role, setRole] = useState<'guest' | 'patient'>('guest');
  const act = useAct('consultation', 'inviteGuest');
  if (act.data) return <Code guest={act.data} onClose={onClose} />;
  const isWhole = name.trim() !== '' && relation.trim() !== '';
  return (
    <Modal
      open
      title={t('inviteGuest')}
      okText={t('makeLink')}
      okButtonProps={{ disabled: !isWhole }}
      confirmLoading={act.isPending}
      onCancel={onClose}
      onOk={() => act.mutate({ id: consultationId, name, relation, role })}
    >
      <p className="muted">{t('guestsNote')}</p>
      <Form layout="vertical" component="div">
        <Field label={t('guestName')} required>
          <Input
            autoFocus
            maxLength={64}
            value={name}
            onChange={(event) => setName(event.target.value)}
            data-testid="guest-name"
          />
        </Field>
        <Field label={t('guestRelation')} required>
          <Input
            maxLength={64}
            value={relation}
            onChange={(event) => setRelation(event.target.value)}
            data-testid="guest-relation"
          />
        </Field>
        <Field label={t('guestRole')}>
          <Radio.Group
            value={role}
            onChange={(event) => setRole(event.target.value)}
            options={(['guest', 'patient'] as const).map((value) => ({ value, label: names('seatRole', value) }))}
          />
        </Field>
      </Form>
      {act.error && <Failure error={act.error} />}
    </Modal>
  );
}

function Code({ guest, onClose }: { guest: Invited; onClose: () => void }) {
  const t = useConsultationText();
  const entrance = `${window.location.origin}/guest`;
  return (
    <Modal
      open
      title={t('guestCodeTitle', { name: guest.name })}
      okText={t('done')}
      onOk={onClose}
      footer={(_, { OkBtn }) => <OkBtn />}
      closable={false}
      mask={{ closable: false }}
      keyboard={false}
    >
      <dl className="guest-code">
        <div>
          <dt>{t('guestNumber')}</dt>
          <dd data-testid="guest-number">{guest.number}</dd>
        </div>
        <div>
          <dt>{t('guestCode')}</dt>
          <dd data-testid="guest-code">{guest.code}</dd>
        </div>
      </dl>
      <p className="tone tone-warn">{t('guestCodeNote')}</p>
      <Typography.Paragraph
        copyable={{ text: `${entrance}\n${t('guestNumber')} ${guest.number}\n${t('guestCode')} ${guest.code}` }}
      >
        {entrance}
      </Typography.Paragraph>
      <Qr text={`${entrance}?number=${encodeURIComponent(guest.number)}`} label={t('guestScan')} />
    </Modal>
  );
}

/** The entrance as a picture for a phone; it carries the number, never the code. */
function Qr({ text, label }: { text: string; label: string }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    if (canvas.current) void toCanvas(canvas.current, text, { width: 168, margin: 1 });
  }, [text]);
  return (
    <figure className="guest-qr">
      <canvas ref={canvas} width={168} height={168} role="img" aria-label={label} />
      <figcaption className="muted">{label}</figcaption>
    </figure>
  );
}
