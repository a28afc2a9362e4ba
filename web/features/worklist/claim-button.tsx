import { Button } from 'antd';
import { claimOf } from './claim-rules.ts';
import { useWorklistText } from './texts.ts';
import type { Row } from './use-open-case.ts';
import { useReader } from './use-reader.ts';

interface ClaimButtonProps {
  row: Row;
  now: Date;
  isClaiming: boolean;
  onOpen: (row: Row) => void;
}

/** The one act a row offers: claim it, go on with it, or look at it and why not more. */
export function ClaimButton({ row, now, isClaiming, onOpen }: ClaimButtonProps) {
  const t = useWorklistText();
  const claim = claimOf(row, useReader(), now);
  if (!claim.can) {
    const why = claim.why === 'own-report' || claim.why === 'not-senior' ? t(`why-${claim.why}`) : undefined;
    return (
      <Button type="text" title={why} onClick={() => onOpen(row)} data-testid="look">
        {t('look')}
      </Button>
    );
  }
  return (
    <Button
      type={claim.can === 'continue' ? 'default' : 'primary'}
      ghost={claim.can !== 'continue'}
      loading={isClaiming}
      onClick={() => onOpen(row)}
      data-testid="claim"
    >
      {t(`claim-${claim.can}`)}
    </Button>
  );
}
