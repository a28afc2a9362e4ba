import { LockOutlined, SafetyOutlined, UserOutlined } from '@ant-design/icons';
import type { SessionView } from '@lianzhen/contracts/identity.ts';
import { useMutation } from '@tanstack/react-query';
import { Alert, Button, Input } from 'antd';
import { type FormEvent, useState } from 'react';
import { type ApiError, asApiError } from '../../api/api-error.ts';
import { api } from '../../api/client.ts';
import { Failure } from '../../ui/failure.tsx';
import { useNow } from '../../ui/use-now.ts';
import { countdown, lockedUntil } from './lock-out.ts';
import { useIdentityText } from './texts.ts';

interface LogInFormProps {
  /** Given where a session is to be renewed. */
  username?: string;
  onEnter: (session: SessionView) => void;
}

interface Attempt {
  username: string;
  password: string;
  totp?: string;
}

function Refusal({ error, at }: { error: ApiError; at: number }) {
  const t = useIdentityText();
  const now = useNow(1000);
  const until = error.code === 'locked-out' ? lockedUntil(error.details, at) : undefined;
  if (until === undefined) return <Failure error={error} />;
  const left = until - now.getTime();
  if (left <= 0) return null;
  return <Alert type="error" showIcon role="alert" title={t('lockedFor', { span: countdown(left) })} />;
}

/** Name and password; then, where the account wants it, the one-time code, without typing the password again. */
export function LogInForm({ username: known, onEnter }: LogInFormProps) {
  const t = useIdentityText();
  const [username, setUsername] = useState(known ?? '');
  const [password, setPassword] = useState('');
  const [totp, setTotp] = useState('');
  const attempt = useMutation<SessionView, ApiError, Attempt>({
    mutationFn: (input) => api.identity.logIn(input).catch((cause: unknown) => Promise.reject(asApiError(cause))),
    onSuccess: onEnter,
  });
  // Stays true after a wrong code, whose refusal names the code no more.
  const [needsTotp, setNeedsTotp] = useState(false);
  const isAsked = needsTotp || attempt.error?.code === 'totp-required';
  if (isAsked !== needsTotp) setNeedsTotp(isAsked);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!username.trim() || !password) return;
    attempt.mutate({ username: username.trim(), password, ...(isAsked && totp ? { totp } : {}) });
  };
  return (
    <form onSubmit={submit} className="stack">
      {isAsked ? (
        <CodeInput value={totp} onChange={setTotp} />
      ) : (
        <NameInputs known={known} value={{ username, password }} onName={setUsername} onPassword={setPassword} />
      )}
      {attempt.error && !(attempt.error.code === 'totp-required' && !totp) && (
        <Refusal error={attempt.error} at={attempt.submittedAt} />
      )}
      <Button type="primary" size="large" htmlType="submit" block loading={attempt.isPending} data-testid="log-in">
        {t('logIn')}
      </Button>
      {isAsked && (
        <Button
          type="link"
          onClick={() => {
            setNeedsTotp(false);
            setTotp('');
            attempt.reset();
          }}
        >
          {t('back')}
        </Button>
      )}
    </form>
  );
}

interface NameInputsProps {
  known: string | undefined;
  value: { username: string; password: string };
  onName: (username: string) => void;
  onPassword: (password: string) => void;
}

function NameInputs({ known, value, onName, onPassword }: NameInputsProps) {
  const t = useIdentityText();
  return (
    <>
      <Input
        size="large"
        prefix={<UserOutlined />}
        placeholder={t('username')}
        aria-label={t('username')}
        autoComplete="username"
        autoCapitalize="none"
        autoFocus={!known}
        disabled={known !== undefined}
        maxLength={64}
        data-testid="username"
        value={value.username}
        onChange={(event) => onName(event.target.value)}
      />
      <Input.Password
        size="large"
        prefix={<LockOutlined />}
        placeholder={t('password')}
        aria-label={t('password')}
        autoComplete="current-password"
        autoFocus={known !== undefined}
        maxLength={128}
        data-testid="password"
        value={value.password}
        onChange={(event) => onPassword(event.target.value)}
      />
    </>
  );
}

function CodeInput({ value, onChange }: { value: string; onChange: (code: string) => void }) {
  const t = useIdentityText();
  return (
    <>
      <p className="muted">{t('totpNote')}</p>
      <Input
        size="large"
        prefix={<SafetyOutlined />}
        aria-label={t('totp')}
        placeholder={t('totp')}
        autoComplete="one-time-code"
        inputMode="numeric"
        autoFocus
        maxLength={6}
        data-testid="totp"
        value={value}
        onChange={(event) => onChange(event.target.value.replace(/\D/g, ''))}
      />
    </>
  );
}
