import type { SessionView } from '@lianzhen/contracts/identity.ts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Modal, Spin } from 'antd';
import { type ReactNode, useEffect, useRef } from 'react';
import { ApiError } from '../api/api-error.ts';
import { onSessionLost } from '../api/client.ts';
import { startLive } from '../api/live.ts';
import { ask, useAct } from '../api/queries.ts';
import { SessionContext } from '../api/session.ts';
import { type Language, speak } from '../api/texts.ts';
import { LogInForm } from '../features/identity/log-in-form.tsx';
import { LogInScreen } from '../features/identity/log-in-screen.tsx';
import { Failure } from '../ui/failure.tsx';
import { useAppText } from './texts.ts';

const retryMs = 5000;

/**
 * Lets in who is logged in. A session that ends while one works is asked for again in a dialog over the page, so that
 * nothing typed is lost; another person logging in starts with an empty cache.
 */
export function Gate({ children }: { children: ReactNode }) {
  const t = useAppText();
  const cache = useQueryClient();
  const read = ask('identity', 'session');
  const session = useQuery({
    ...read,
    staleTime: Number.POSITIVE_INFINITY,
    // A page that was opened without a link goes on by itself once there is one.
    refetchInterval: ({ state }) => (state.error?.code === 'unreachable' ? retryMs : false),
  });
  const known = useRef<SessionView | undefined>(undefined);
  if (session.data) known.current = session.data;
  // While it is asked again, what was wrong stays on screen; without a link it is not even asked.
  const trouble = useRef<ApiError | undefined>(undefined);
  if (session.error) trouble.current = session.error;
  else if (session.isPaused) trouble.current ??= new ApiError('unreachable');
  else if (session.data) trouble.current = undefined;

  const keepLanguage = useAct('identity', 'setLanguage');
  const enter = (next: SessionView, chosen: Language | undefined) => {
    if (known.current && known.current.accountId !== next.accountId) cache.clear();
    cache.setQueryData(read.queryKey, { ...next, language: chosen ?? next.language });
    if (chosen && chosen !== next.language) keepLanguage.mutate({ language: chosen });
    void cache.invalidateQueries({ predicate: (query) => query.queryKey[1] !== read.queryKey[1] });
  };

  const { refetch } = session;
  useEffect(() => onSessionLost(() => void refetch()), [refetch]);
  const accountId = session.data?.accountId;
  useEffect(() => (accountId ? startLive(cache) : undefined), [accountId, cache]);
  const language = session.data?.language;
  useEffect(() => {
    if (language) void speak(language);
  }, [language]);

  const isOut = trouble.current?.code === 'unauthenticated';
  if (session.data)
    return (
      <SessionContext value={session.data}>
        <div key={session.data.accountId} className="gate">
          {children}
        </div>
        <Modal open={isOut} footer={null} closable={false} keyboard={false} mask={{ closable: false }} width={380}>
          <p>{t('sessionOver')}</p>
          <LogInForm username={session.data.username} onEnter={(next) => enter(next, undefined)} />
        </Modal>
      </SessionContext>
    );
  if (isOut) return <LogInScreen onEnter={enter} />;
  if (trouble.current)
    return (
      <div className="page">
        <Failure error={trouble.current} onRetry={() => void session.refetch()} />
      </div>
    );
  return <Spin fullscreen delay={300} />;
}
