import { Password } from '@lianzhen/contracts/identity.ts';
import { App, Button, Form, Input } from 'antd';
import { useState } from 'react';
import { useAct } from '../../api/queries.ts';
import { Failure } from '../../ui/failure.tsx';
import { Field } from '../../ui/field.tsx';
import { useIdentityText } from './texts.ts';

const empty = { current: '', next: '', again: '' };

export function PasswordChange() {
  const t = useIdentityText();
  const { message } = App.useApp();
  const [typed, setTyped] = useState(empty);
  const [isAsked, setAsked] = useState(false);
  const change = useAct('identity', 'changePassword', {
    onSuccess: () => {
      setTyped(empty);
      setAsked(false);
      void message.success(t('passwordChanged'));
    },
  });
  const isWeak = !Password.safeParse(typed.next).success;
  const differs = typed.next !== typed.again;
  const submit = () => {
    setAsked(true);
    if (typed.current && !isWeak && !differs) change.mutate({ current: typed.current, next: typed.next });
  };
  const field = (key: keyof typeof empty, autoComplete: string) => (
    <Input.Password
      autoComplete={autoComplete}
      maxLength={128}
      value={typed[key]}
      onChange={(event) => setTyped({ ...typed, [key]: event.target.value })}
    />
  );
  return (
    <Form layout="vertical" className="narrow-form" onFinish={submit}>
      <Field label={t('currentPassword')} validateStatus={isAsked && !typed.current ? 'error' : ''}>
        {field('current', 'current-password')}
      </Field>
      <Field label={t('newPassword')} help={t('passwordRule')} validateStatus={isAsked && isWeak ? 'error' : ''}>
        {field('next', 'new-password')}
      </Field>
      <Field
        label={t('repeatPassword')}
        validateStatus={isAsked && differs ? 'error' : ''}
        help={isAsked && differs ? t('passwordsDiffer') : undefined}
      >
        {field('again', 'new-password')}
      </Field>
      {change.error && (
        <Failure
          error={change.error}
          text={change.error.code === 'wrong-credentials' ? t('wrongPassword') : undefined}
        />
      )}
      <Button htmlType="submit" type="primary" loading={change.isPending}>
        {t('save')}
      </Button>
    </Form>
  );
}
