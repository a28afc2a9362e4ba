import { Alert, Button, Space } from 'antd';
import { useAct } from '../../api/queries.ts';
import { useSession } from '../../api/session.ts';
import { shortTime } from '../../ui/time.ts';
import { claimOf } from './claim-rules.ts';
import { TakeOver } from './take-over.tsx';
import { takenOverFrom } from './taken-over.ts';
import { useWorklistText } from './texts.ts';
import { useClaimFailure } from './use-claim-failure.ts';
import type { Lease } from './use-lease.ts';
import type { Kase } from './use-open-case.ts';
import { useReader } from './use-reader.ts';

interface HoldBannerProps {
  kase: Kase;
  lease: Lease;
  now: Date;
  onTaken: (kase: Kase) => void;
}

/** What one may do with the open case when one does not hold it for sure, and why. */
export function HoldBanner({ kase, lease, now, onTaken }: HoldBannerProps) {
  const t = useWorklistText();
  if (lease.state === 'mine') return null;
  if (lease.state === 'uncertain')
    return <Alert banner type="warning" showIcon title={t('uncertainTitle')} description={t('uncertainNote')} />;
  const acts = <HoldActs kase={kase} isLost={lease.state === 'lost'} now={now} onTaken={onTaken} />;
  if (lease.state === 'lost')
    return (
      <Alert
        banner
        type="error"
        showIcon
        data-testid="lease-lost"
        title={t('lostTitle')}
        description={
          <>
            <LossReason kase={kase} now={now} />
            <div>{t('lostText')}</div>
          </>
        }
        action={acts}
      />
    );
  return <LookBanner kase={kase} now={now} onTaken={onTaken} />;
}

/** One only looks: what would have to be done to do more. */
function LookBanner({ kase, now, onTaken }: Omit<HoldBannerProps, 'lease'>) {
  const t = useWorklistText();
  const claim = claimOf(kase, useReader(), now);
  if (claim.can === null && (claim.why === 'not-now' || claim.why === 'not-allowed')) return null;
  const { holder } = kase;
  const isHeld = claim.can === null && claim.why === 'held' && holder;
  const why = claim.can === null && claim.why !== 'held' && t(`why-${claim.why as 'own-report' | 'not-senior'}`);
  return (
    <Alert
      banner
      type={isHeld ? 'warning' : 'info'}
      showIcon
      title={
        isHeld
          ? t('lookHeld', { name: holder.name, what: t(holder.purpose === 'read' ? 'reads' : 'reviews') })
          : t('lookOnly')
      }
      description={why || undefined}
      action={<HoldActs kase={kase} isLost={false} now={now} onTaken={onTaken} />}
    />
  );
}

function LossReason({ kase, now }: { kase: Kase; now: Date }) {
  const t = useWorklistText();
  const { accountId, displayName } = useSession();
  const taken = takenOverFrom(displayName, kase.events);
  const { holder } = kase;
  const isHeld = holder && holder.accountId !== accountId && Date.parse(holder.until) > now.getTime();
  const isFree = claimOf(kase, { accountId, title: 'chief', mayClaim: true, mayReview: true }, now).can !== null;
  const told = taken && { name: taken.byName ?? '', at: shortTime(taken.at, now), reason: taken.reason ?? '' };
  return (
    <>
      {told && <div>{t('lostTakenOver', told)}</div>}
      {isHeld && holder.name !== told?.name && <div>{t('lostTo', { name: holder.name })}</div>}
      {!isHeld && <div>{isFree && !told ? t('lostFree') : t('lostState', { state: t(`state-${kase.state}`) })}</div>}
    </>
  );
}

function HoldActs({ kase, isLost, now, onTaken }: Omit<HoldBannerProps, 'lease'> & { isLost: boolean }) {
  const t = useWorklistText();
  const claim = claimOf(kase, useReader(), now);
  const failed = useClaimFailure();
  const act = useAct('worklist', 'claim', { onSuccess: onTaken, onError: failed });
  const label = isLost ? 'resume' : claim.can === 'review' ? 'reviewNow' : 'claimNow';
  return (
    <Space>
      {claim.can && (
        <Button type="primary" loading={act.isPending} onClick={() => act.mutate({ id: kase.id })} data-testid="claim">
          {t(label)}
        </Button>
      )}
      {claim.can === null && claim.why === 'held' && <TakeOver kase={kase} onTaken={onTaken} />}
    </Space>
  );
}
