import { LockOutlined, SafetyOutlined, UserOutlined } from '@ant-design/icons';
import { Input } from 'antd';
import { useIdentityText } from './texts.ts';

interface NameInputsProps {
  known: string | undefined;
  value: { username: string; password: string };
  onName: (username: string) => void;
  onPassword: (password: string) => void;
}

/** Name and password. */
export function NameInputs({ known, value, onName, onPassword }: NameInputsProps) {
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

/** The code of an authenticator. */
export function CodeInput({ value, onChange }: { value: string; onChange: (code: string) => void }) {
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

interface NewPasswordInputsProps {
  value: { next: string; again: string };
  onNext: (next: string) => void;
  onAgain: (again: string) => void;
}

/** The password that takes the place of a one-time one, twice. */
export function NewPasswordInputs({ value, onNext, onAgain }: NewPasswordInputsProps) {
  const t = useIdentityText();
  return (
    <>
      <p>{t('oneTimeNote')}</p>
      <p className="muted">{t('passwordRule')}</p>
      <Input.Password
        size="large"
        prefix={<LockOutlined />}
        placeholder={t('newPassword')}
        aria-label={t('newPassword')}
        autoComplete="new-password"
        autoFocus
        maxLength={128}
        data-testid="new-password"
        value={value.next}
        onChange={(event) => onNext(event.target.value)}
      />
      <Input.Password
        size="large"
        prefix={<LockOutlined />}
        placeholder={t('repeatPassword')}
        aria-label={t('repeatPassword')}
        autoComplete="new-password"
        maxLength={128}
        data-testid="repeat-password"
        value={value.again}
        onChange={(event) => onAgain(event.target.value)}
      />
    </>
  );
}
