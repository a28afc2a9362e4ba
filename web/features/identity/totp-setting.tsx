import { useQueryClient } from '@tanstack/react-query';
import { App, Button, Input, Space, Typography } from 'antd';
import { toCanvas } from 'qrcode';
import { useEffect, useRef, useState } from 'react';
import type { ApiError } from '../../api/api-error.ts';
import { ask, useAct } from '../../api/queries.ts';
import { useSession } from '../../api/session.ts';
import { useColon } from '../../api/texts.ts';
import { Failure } from '../../ui/failure.tsx';
import { useIdentityText } from './texts.ts';

/** Drawn on a canvas here: the secret goes to no other machine and needs no image address. */
function QrPicture({ text }: { text: string }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    if (canvas.current) void toCanvas(canvas.current, text, { width: 184, margin: 1 });
  }, [text]);
  return <canvas ref={canvas} width={184} height={184} />;
}

function Enrolment({ uri, secret, onDone }: { uri: string; secret: string; onDone: () => void }) {
  const t = useIdentityText();
  const colon = useColon();
  const [code, setCode] = useState('');
  const confirm = useAct('identity', 'confirmTotp', { onSuccess: onDone });
  return (
    <div className="stack">
      <span>{t('totpScan')}</span>
      <QrPicture text={uri} />
      <span className="muted">
        {t('totpSecret')}
        {colon}
        <Typography.Text copyable>{secret}</Typography.Text>
      </span>
      <Space.Compact className="narrow-form">
        <Input
          autoFocus
          aria-label={t('totp')}
          inputMode="numeric"
          autoComplete="one-time-code"
          maxLength={6}
          value={code}
          onChange={(event) => setCode(event.target.value.replace(/\D/g, ''))}
          onPressEnter={() => code.length === 6 && confirm.mutate({ code })}
        />
        <Button
          type="primary"
          disabled={code.length !== 6}
          loading={confirm.isPending}
          onClick={() => confirm.mutate({ code })}
        >
          {t('totpConfirm')}
        </Button>
      </Space.Compact>
      {confirm.error && (
        <Failure error={confirm.error} text={confirm.error.code === 'wrong-credentials' ? t('wrongCode') : undefined} />
      )}
    </div>
  );
}

interface PasswordForProps {
  act: string;
  isDangerous?: boolean;
  isBusy: boolean;
  error: ApiError | null;
  onAct: (password: string) => void;
}

/** One's password, and the button that it is asked for. */
function PasswordFor({ act, isDangerous = false, isBusy, error, onAct }: PasswordForProps) {
  const t = useIdentityText();
  const [password, setPassword] = useState('');
  return (
    <>
      <Space.Compact className="narrow-form">
        <Input.Password
          aria-label={t('password')}
          placeholder={t('password')}
          autoComplete="current-password"
          maxLength={128}
          value={password}
          onChange={(event) => setPassword(event.target.value)}
        />
        <Button danger={isDangerous} disabled={!password} loading={isBusy} onClick={() => onAct(password)}>
          {act}
        </Button>
      </Space.Compact>
      {error && <Failure error={error} text={error.code === 'wrong-credentials' ? t('wrongPassword') : undefined} />}
    </>
  );
}

function Removal({ onDone }: { onDone: () => void }) {
  const t = useIdentityText();
  const remove = useAct('identity', 'removeTotp', { onSuccess: onDone });
  return (
    <div className="stack">
      <span>{t('totpOn')}</span>
      <span className="muted">{t('totpRemoveNote')}</span>
      <PasswordFor
        act={t('totpRemove')}
        isDangerous
        isBusy={remove.isPending}
        error={remove.error}
        onAct={(password) => remove.mutate({ password })}
      />
    </div>
  );
}

export function TotpSetting() {
  const t = useIdentityText();
  const { totpEnabled } = useSession();
  const { message } = App.useApp();
  const cache = useQueryClient();
  // A log-in of some minutes ago is no proof of who sits here now.
  const [isAsked, setAsked] = useState(false);
  const start = useAct('identity', 'startTotp', {
    onError: (error) => {
      if (error.code === 'password-required') setAsked(true);
    },
  });
  const done = (text: string) => {
    start.reset();
    void message.success(text);
    void cache.invalidateQueries({ queryKey: ask('identity', 'session').queryKey });
  };
  if (totpEnabled) return <Removal onDone={() => done(t('totpRemoved'))} />;
  if (start.data) return <Enrolment {...start.data} onDone={() => done(t('totpEnabled'))} />;
  return (
    <div className="stack">
      <span>{t('totpOff')}</span>
      {isAsked ? (
        <>
          <span className="muted">{t('totpPassword')}</span>
          <PasswordFor
            act={t('totpStart')}
            isBusy={start.isPending}
            onAct={(password) => start.mutate({ password })}
            error={start.error?.code === 'password-required' ? null : start.error}
          />
        </>
      ) : (
        <div>
          <Button loading={start.isPending} onClick={() => start.mutate({})}>
            {t('totpStart')}
          </Button>
        </div>
      )}
      {start.error && !isAsked && <Failure error={start.error} />}
    </div>
  );
}
