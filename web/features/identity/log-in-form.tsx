import { Password, type SessionView } from '@lianzhen/contracts/identity.ts';
import { useMutation } from '@tanstack/react-query';
import { Alert, Button } from 'antd';
import { type FormEvent, useState } from 'react';
import { type ApiError, asApiError } from '../../api/api-error.ts';
import { api } from '../../api/client.ts';
import { Failure } from '../../ui/failure.tsx';
import { useNow } from '../../ui/use-now.ts';
import { countdown, lockedUntil } from './lock-out.ts';
import { CodeInput, NameInputs, NewPasswordInputs } from './log-in-inputs.tsx';
import { isQuestion, type LogInStep, stepAfter } from './log-in-step.ts';
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
  next?: string;
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

const empty = { password: '', next: '', again: '', totp: '' };

/** What was typed, what is asked for now, and how it is given to the hub, which opens no session before it has all. */
function useLogIn(known: string | undefined, onEnter: (session: SessionView) => void) {
  const [typed, setTyped] = useState({ ...empty, username: known ?? '' });
  const [step, setStep] = useState<LogInStep>('names');
  const [isTried, setTried] = useState(false);
  const attempt = useMutation<SessionView, ApiError, Attempt>({
    mutationFn: (input) => api.identity.logIn(input).catch((cause: unknown) => Promise.reject(asApiError(cause))),
    onSuccess: onEnter,
    onError: (error) => {
      setStep((present) => stepAfter(error.code, present));
      setTried(false);
    },
  });
  const isWeak = step === 'next' && !Password.safeParse(typed.next).success;
  const differs = step === 'next' && typed.next !== typed.again;
  const { username, password, totp, next } = typed;
  return {
    typed,
    set: (part: Partial<typeof typed>) => setTyped({ ...typed, ...part }),
    step,
    attempt,
    wrong:
      isTried && isWeak ? ('passwordRule' as const) : isTried && differs ? ('passwordsDiffer' as const) : undefined,
    submit() {
      setTried(true);
      if (!username.trim() || !password || isWeak || differs) return;
      const more = { ...(totp ? { totp } : {}), ...(next ? { next } : {}) };
      attempt.mutate({ username: username.trim(), password, ...(step === 'names' ? {} : more) });
    },
    back() {
      setTyped({ ...typed, ...empty, password });
      setStep('names');
      attempt.reset();
    },
  };
}

/** Name and password; then, where the account wants it, a new password and the one-time code, each on a page of its own. */
export function LogInForm({ username: known, onEnter }: LogInFormProps) {
  const t = useIdentityText();
  const { typed, set, step, attempt, wrong, submit, back } = useLogIn(known, onEnter);
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    submit();
  };
  return (
    <form onSubmit={onSubmit} className="stack">
      {step === 'names' && (
        <NameInputs
          known={known}
          value={typed}
          onName={(username) => set({ username })}
          onPassword={(password) => set({ password })}
        />
      )}
      {step === 'next' && (
        <NewPasswordInputs value={typed} onNext={(next) => set({ next })} onAgain={(again) => set({ again })} />
      )}
      {step === 'code' && <CodeInput value={typed.totp} onChange={(totp) => set({ totp })} />}
      {wrong && <Alert type="error" showIcon role="alert" title={t(wrong)} />}
      {attempt.error && !isQuestion(attempt.error.code) && <Refusal error={attempt.error} at={attempt.submittedAt} />}
      <Button type="primary" size="large" htmlType="submit" block loading={attempt.isPending} data-testid="log-in">
        {t(step === 'next' ? 'changeAndLogIn' : 'logIn')}
      </Button>
      {step !== 'names' && (
        <Button type="link" onClick={back}>
          {t('back')}
        </Button>
      )}
    </form>
  );
}
