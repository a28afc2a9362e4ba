import { useQueryClient } from '@tanstack/react-query';
import { App, Button, Input, Space, Typography } from 'antd';
import { toCanvas } from 'qrcode';
import { useEffect, useRef, useState } from 'react';
import { ask, useAct } from '../../api/queries.ts';
import { useSession } from '../../api/session.ts';
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
  const [code, setCode] = useState('');
  const confirm = useAct('identity', 'confirmTotp', { onSuccess: onDone });
  return (
    <div className="stack">
      <span>{t('totpScan')}</span>
      <QrPicture text={uri} />
      <span className="muted">
        {t('totpSecret')}：<Typography.Text copyable>{secret}</Typography.Text>
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

function Removal({ onDone }: { onDone: () => void }) {
  const t = useIdentityText();
  const [password, setPassword] = useState('');
  const remove = useAct('identity', 'removeTotp', { onSuccess: onDone });
  return (
    <div className="stack">
      <span>{t('totpOn')}</span>
      <span className="muted">{t('totpRemoveNote')}</span>
      <Space.Compact className="narrow-form">
        <Input.Password
          aria-label={t('password')}
          placeholder={t('password')}
          autoComplete="current-password"
          value={password}
          onChange={(event) => setPassword(event.target.value)}
        />
        <Button danger disabled={!password} loading={remove.isPending} onClick={() => remove.mutate({ password })}>
          {t('totpRemove')}
        </Button>
      </Space.Compact>
      {remove.error && (
        <Failure
          error={remove.error}
          text={remove.error.code === 'wrong-credentials' ? t('wrongPassword') : undefined}
        />
      )}
    </div>
  );
}

export function TotpSetting() {
  const t = useIdentityText();
  const { totpEnabled } = useSession();
  const { message } = App.useApp();
  const cache = useQueryClient();
  const start = useAct('identity', 'startTotp');
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
      <div>
        <Button loading={start.isPending} onClick={() => start.mutate(undefined)}>
          {t('totpStart')}
        </Button>
      </div>
      {start.error && <Failure error={start.error} />}
    </div>
  );
}
