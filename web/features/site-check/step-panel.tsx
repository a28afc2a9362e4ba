import { Button, Progress } from 'antd';
import type { RefObject } from 'react';
import { Panel } from '../../ui/page.tsx';
import { useSiteCheckText } from './texts.ts';
import type { SiteCheckRun } from './use-site-check.ts';

interface StepPanelProps {
  run: SiteCheckRun;
  screen: RefObject<HTMLVideoElement | null>;
  onAnswer: (isHeard: boolean) => void;
}

/** What is being tried and what the person has to do for it. The camera's picture is in place before it is asked for. */
export function StepPanel({ run, screen, onAnswer }: StepPanelProps) {
  const t = useSiteCheckText();
  const { step, isAsking, levelDb } = run;
  return (
    <div className={step ? 'site-step' : 'site-step site-idle'}>
      <Panel>
        <div className="row" aria-live="polite">
          <video
            ref={screen}
            className={step === 'camera' ? 'site-camera' : 'site-camera site-idle'}
            muted
            playsInline
            aria-label={t('item-camera')}
          />
          <div className="stack">
            {step && <b>{t('running', { item: t(`item-${step}`) })}</b>}
            {step === 'camera' && <span>{t('look-now')}</span>}
            {step === 'microphone' && <span>{t('speak-now')}</span>}
            {levelDb !== undefined && (
              <Progress
                aria-label={t('item-microphone')}
                percent={percentOf(levelDb)}
                showInfo={false}
                className="site-level"
              />
            )}
            {isAsking && (
              <div className="row" data-testid="tone-asked">
                <span>{t('tone-asked')}</span>
                <Button type="primary" onClick={() => onAnswer(true)} data-testid="tone-heard">
                  {t('yes')}
                </Button>
                <Button onClick={() => onAnswer(false)} data-testid="tone-not-heard">
                  {t('no')}
                </Button>
              </div>
            )}
          </div>
        </div>
      </Panel>
    </div>
  );
}

/** Eighty decibels below full scale is an empty bar. */
const percentOf = (db: number): number => Math.max(0, Math.min(100, Math.round(((db + 80) / 80) * 100)));
