import { Alert } from 'antd';
import { useEffect, useState } from 'react';
import { type LinkState, useLinkState } from '../api/link-state.ts';
import { type Tone, ToneTag } from '../ui/tone-tag.tsx';
import { useAppText } from './texts.ts';

const tones: Record<LinkState, Tone> = { online: 'good', connecting: 'quiet', offline: 'warn' };

/** The state of the link, always in sight. */
export function LinkStatus({ isShort }: { isShort: boolean }) {
  const t = useAppText();
  const state = useLinkState();
  return (
    <output data-testid="link-state" data-state={state} title={t(state)}>
      <ToneTag tone={tones[state]}>{isShort && state === 'online' ? '' : t(state)}</ToneTag>
    </output>
  );
}

/** A link in the country drops for seconds all day; only what lasts is worth a banner. */
const patienceMs = 4000;

export function LinkBanner() {
  const t = useAppText();
  const state = useLinkState();
  const [isShown, setShown] = useState(false);
  useEffect(() => {
    if (state === 'online') return setShown(false);
    const timer = window.setTimeout(() => setShown(true), patienceMs);
    return () => window.clearTimeout(timer);
  }, [state]);
  if (!isShown) return null;
  return <Alert className="shell-banner" type="warning" showIcon banner title={t('offlineNote')} />;
}
