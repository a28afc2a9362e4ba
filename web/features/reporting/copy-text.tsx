import { CopyOutlined } from '@ant-design/icons';
import { App, Button } from 'antd';
import { copyOut } from '../../ui/copy-out.ts';
import { type Body, plainText } from './report-body.ts';
import { useReportingText } from './texts.ts';

/** Everything that was typed, into the clipboard. */
export function CopyText({ body }: { body: Body }) {
  const t = useReportingText();
  const { message } = App.useApp();
  const copy = async () => {
    const titles = { findings: t('findings'), impression: t('impression'), advice: t('advice') };
    if (await copyOut(plainText(body, titles))) void message.success(t('copied'));
    else void message.error(t('notCopied'));
  };
  return (
    <Button size="small" icon={<CopyOutlined />} onClick={() => void copy()} data-testid="copy-text">
      {t('copyMine')}
    </Button>
  );
}
