import { SafetyCertificateOutlined } from '@ant-design/icons';
import { Alert, Button } from 'antd';
import { useAct } from '../../api/queries.ts';
import { Failure } from '../../ui/failure.tsx';
import { useAuditText } from './texts.ts';

/** Recomputes every chain at the hub and says whether one was touched. */
export function VerifyButton() {
  const t = useAuditText();
  const verify = useAct('audit', 'verify');
  const chains = verify.data?.chains ?? [];
  const broken = chains.filter((chain) => chain.brokenAt !== null);
  const entries = chains.reduce((sum, chain) => sum + chain.entries, 0);
  return (
    <div className="audit-verify">
      <Button
        icon={<SafetyCertificateOutlined />}
        loading={verify.isPending}
        onClick={() => verify.mutate(undefined)}
        data-testid="verify-audit"
      >
        {verify.isPending ? t('verifying') : t('verify')}
      </Button>
      {verify.error && <Failure error={verify.error} />}
      {verify.data?.intact && (
        <Alert
          type="success"
          showIcon
          title={t('intact', { chains: chains.length, entries })}
          data-testid="audit-intact"
        />
      )}
      {verify.data && !verify.data.intact && (
        <Alert
          type="error"
          showIcon
          title={t('broken')}
          description={broken.map((chain) => (
            <div key={chain.name}>
              {t('broken-at', { chain: chain.name, at: chain.brokenAt ?? '', why: chain.why ?? '' })}
            </div>
          ))}
        />
      )}
    </div>
  );
}
