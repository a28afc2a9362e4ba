import { Button, Form, Input, Result } from 'antd';
import { type FormEvent, useState } from 'react';
import { type ApiError, asApiError } from '../../../api/api-error.ts';
import { api, type Outputs } from '../../../api/client.ts';
import { speak, useLanguage } from '../../../api/texts.ts';
import { Failure } from '../../../ui/failure.tsx';
import { Field } from '../../../ui/field.tsx';
import { renewOf } from './renew-ticket.ts';
import { RoomPage } from './room-page.tsx';
import { useRoomText } from './texts.ts';
import { useRoomClient } from './use-room-client.ts';
import '../consultation.css';
import './room.css';

type Pass = Outputs['consultation']['joinAsGuest'];
const passKey = 'lianzhen.guest';

/** A page that is loaded again comes in again with its pass; the code is good only once. */
function keptPass(): { number: string; pass: string } | undefined {
  const kept = window.sessionStorage.getItem(passKey);
  try {
    const { number, pass } = JSON.parse(kept ?? '{}') as Record<string, unknown>;
    return typeof number === 'string' && typeof pass === 'string' ? { number, pass } : undefined;
  } catch {
    // Not ours: as if nothing were there.
    return undefined;
  }
}

/** The entrance for who has no account: number and code, then the lobby, then the room, without images. */
export function GuestScreen() {
  const [pass, setPass] = useState<Pass & { number: string }>();
  const [isOver, setOver] = useState(false);
  const t = useRoomText();
  const enter = (number: string, given: Pass) => {
    window.sessionStorage.setItem(passKey, JSON.stringify({ number, pass: given.pass }));
    setPass({ ...given, number });
  };
  const leave = () => {
    window.sessionStorage.removeItem(passKey);
    setOver(true);
  };
  return (
    <div className="guest">
      <LanguageChoice />
      {isOver ? (
        <Result status="success" title={t('guestDone')} />
      ) : pass ? (
        <GuestRoom key={pass.token} pass={pass} onAgain={() => setPass(undefined)} onBack={leave} />
      ) : (
        <Entrance onEnter={enter} />
      )}
    </div>
  );
}

function LanguageChoice() {
  const language = useLanguage();
  const other = language === 'zh' ? 'en' : 'zh';
  return (
    <Button
      className="guest-language"
      size="small"
      type="text"
      onClick={() => void speak(other)}
      data-testid="language"
    >
      {other === 'zh' ? '中文' : 'English'}
    </Button>
  );
}

interface GuestRoomProps {
  pass: Pass & { number: string };
  onAgain: () => void;
  onBack: () => void;
}

function GuestRoom({ pass, onAgain, onBack }: GuestRoomProps) {
  const { room, devices, files } = useRoomClient({
    ticket: pass,
    renew: renewOf(() => api.consultation.joinAsGuest({ number: pass.number, pass: pass.pass })),
    hasAccount: false,
    usesDevices: true,
  });
  if (!room || !devices || !files) return null;
  return (
    <RoomPage
      room={room}
      devices={devices}
      files={files}
      kase={undefined}
      hasCase={false}
      onAgain={onAgain}
      onBack={onBack}
    />
  );
}

function Entrance({ onEnter }: { onEnter: (number: string, pass: Pass) => void }) {
  const t = useRoomText();
  const kept = keptPass();
  const [number, setNumber] = useState(
    () => kept?.number ?? new URLSearchParams(window.location.search).get('number')?.slice(0, 20) ?? '',
  );
  const [code, setCode] = useState('');
  const [error, setError] = useState<ApiError>();
  const [isBusy, setBusy] = useState(false);
  const hasPass = kept !== undefined && kept.number === number.trim();
  const isReady = number.trim().length >= 4 && (code.trim().length >= 4 || hasPass);
  const enter = async (event: FormEvent) => {
    event.preventDefault();
    if (!isReady || isBusy) return;
    setBusy(true);
    setError(undefined);
    const key = code.trim() ? { code: code.trim() } : { pass: kept?.pass ?? '' };
    try {
      onEnter(number.trim(), await api.consultation.joinAsGuest({ number: number.trim(), ...key }));
    } catch (cause) {
      setError(asApiError(cause));
    }
    setBusy(false);
  };
  const isBad = error && ['unauthenticated', 'wrong-credentials', 'not-found', 'forbidden'].includes(error.code);
  return (
    <main className="guest-card">
      <h1>{t('guestTitle')}</h1>
      <p className="muted">{t('guestNote')}</p>
      <form onSubmit={(event) => void enter(event)}>
        <Form layout="vertical" component="div">
          <Field label={t('guestNumber')}>
            <Input
              size="large"
              autoComplete="off"
              maxLength={20}
              value={number}
              onChange={(event) => setNumber(event.target.value)}
              data-testid="guest-number"
            />
          </Field>
          <Field label={t('guestCode')}>
            <Input
              size="large"
              autoComplete="one-time-code"
              maxLength={20}
              value={code}
              onChange={(event) => setCode(event.target.value)}
              data-testid="guest-code"
            />
          </Field>
        </Form>
        {error && <Failure error={error} text={isBad ? t('guestBad') : undefined} />}
        <Button
          type="primary"
          size="large"
          block
          htmlType="submit"
          disabled={!isReady}
          loading={isBusy}
          data-testid="guest-enter"
        >
          {t('guestEnter')}
        </Button>
      </form>
    </main>
  );
}
