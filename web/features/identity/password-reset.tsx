import { Alert, Button, Popconfirm, Typography } from 'antd';
import type { Outputs } from '../../api/client.ts';
import { useAct } from '../../api/queries.ts';
import { useSession } from '../../api/session.ts';
import { Failure } from '../../ui/failure.tsx';
import { shortTime } from '../../ui/time.ts';
import { useIdentityText } from './texts.ts';

type Account = Outputs['identity']['accounts'][number];

/** Gives somebody a password for one log-in. It is shown here once; one's own is changed on one's own page instead. */
export function PasswordReset({ account, facilityId }: { account: Account; facilityId: string }) {
  const t = useIdentityText();
  const { accountId } = useSession();
  const reset = useAct('identity', 'resetPassword');
  if (account.id === accountId) return null;
  if (reset.data)
    return (
      <Alert
        type="warning"
        showIcon
        title={t('resetOnce', { until: shortTime(reset.data.until) })}
        description={
          <Typography.Text copyable code strong data-testid="one-time-password">
            {reset.data.password}
          </Typography.Text>
        }
      />
    );
  return (
    <>
      <div>
        <Popconfirm
          title={t('resetPassword')}
          description={t('resetNote')}
          okText={t('resetPassword')}
          cancelText={t('cancel')}
          okButtonProps={{ danger: true }}
          onConfirm={() => reset.mutate({ id: account.id, facilityId })}
        >
          <Button loading={reset.isPending} data-testid="reset-password">
            {t('resetPassword')}
          </Button>
        </Popconfirm>
      </div>
      {reset.error && <Failure error={reset.error} />}
    </>
  );
}
