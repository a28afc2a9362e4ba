import { FileTextOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { CopyText } from './copy-text.tsx';
import type { Body } from './report-body.ts';
import type { SaveStatus } from './report-saver.ts';
import { SaveLine } from './save-line.tsx';
import { useReportingText } from './texts.ts';

export type Aside = 'templates' | 'changes' | undefined;

interface FormHeadProps {
  aside: Aside;
  onAside: (aside: Aside) => void;
  onPreview: () => void;
  hasTemplates: boolean;
  hasChanges: boolean;
  isLost: boolean;
  body: Body;
  status: SaveStatus;
}

/** What helps while one writes, and where the text is. */
export function FormHead(props: FormHeadProps) {
  const t = useReportingText();
  const { aside, onAside, body, isLost } = props;
  const opener = (part: NonNullable<Aside>, name: string, sign: ReactNode, chord?: string) => (
    <Button
      size="small"
      type={aside === part ? 'primary' : 'default'}
      icon={sign}
      aria-expanded={aside === part}
      title={chord}
      onClick={() => onAside(aside === part ? undefined : part)}
      data-testid={`open-${part}`}
    >
      {name}
    </Button>
  );
  return (
    <header className="report-head">
      {props.hasTemplates && opener('templates', t('templates'), <FileTextOutlined />, 'Alt+T')}
      <Button size="small" onClick={props.onPreview} data-testid="preview">
        {t('preview')}
      </Button>
      {props.hasChanges && opener('changes', t('changes'), undefined)}
      {isLost && <CopyText body={body} />}
      {!(isLost && props.status.kind === 'untouched') && <SaveLine status={props.status} />}
    </header>
  );
}
