import { PrinterOutlined } from '@ant-design/icons';
import { roomFilePath } from '@lianzhen/contracts/consultation-files.ts';
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useRef } from 'react';
import { ask } from '../../api/queries.ts';
import { Loaded } from '../../ui/loaded.tsx';
import { Panel } from '../../ui/page.tsx';
import { fullTime } from '../../ui/time.ts';
import { FileLine } from './files/file-line.tsx';
import { useConsultationText } from './texts.ts';

/** What was written in the room, kept with the case; on paper it stands alone under the patient's name. */
export function ChatPanel({ consultationId }: { consultationId: string }) {
  const t = useConsultationText();
  const read = useQuery(ask('consultation', 'chat', { id: consultationId }));
  const paper = useRef<HTMLDivElement>(null);
  const print = () => {
    paper.current?.toggleAttribute('data-printing', true);
    window.print();
    paper.current?.toggleAttribute('data-printing', false);
  };
  const hasLines = (read.data?.lines.length ?? 0) > 0;
  return (
    <Panel
      title={t('chatKept')}
      extra={
        hasLines && (
          <Button size="small" className="no-print" icon={<PrinterOutlined />} onClick={print}>
            {t('printChat')}
          </Button>
        )
      }
    >
      <Loaded query={read} rows={2}>
        {({ lines, isWhole }) => (
          <div ref={paper} className="chat-kept" data-testid="kept-chat">
            {lines.length === 0 && <p className="muted">{t('chatNone')}</p>}
            <ol className="consult-events">
              {lines.map((line) => (
                <li key={line.seq} data-testid="kept-chat-line">
                  <span className="strong">{line.byName}</span>{' '}
                  <span className="muted">
                    {line.facilityName} <span className="num">{fullTime(line.at)}</span>
                  </span>
                  {line.text && <div className="keep-lines">{line.text}</div>}
                  {line.file && (
                    <div>
                      <FileLine file={line.file} href={roomFilePath(consultationId, line.file.id)} />
                      <span className="paper-only num">SHA-256 {line.file.sha256}</span>
                    </div>
                  )}
                </li>
              ))}
            </ol>
            {!isWhole && <p className="tone-warn">{t('chatCut', { n: lines.length })}</p>}
          </div>
        )}
      </Loaded>
    </Panel>
  );
}
