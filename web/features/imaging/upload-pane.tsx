import { FolderOpenOutlined } from '@ant-design/icons';
import { dayText } from '@lianzhen/contracts/report-dates.ts';
import { useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Progress, Space } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { Panel } from '../../ui/page.tsx';
import { ToneTag } from '../../ui/tone-tag.tsx';
import { readUpload } from './read-upload.ts';
import { sendFile } from './send-file.ts';
import { useImagingText } from './texts.ts';
import { sendAll, type Upload } from './upload-queue.ts';

const readAtOnce = 32;

/** Sends studies from a disc or folder: shows whose they are first, then sends file by file and goes on after a break. */
export function UploadPane() {
  const t = useImagingText();
  const cache = useQueryClient();
  const [uploads, setUploads] = useState<Upload[]>([]);
  const [leftOut, setLeftOut] = useState(0);
  const [isSending, setSending] = useState(false);
  const stop = useRef<AbortController>(undefined);
  useEffect(() => () => stop.current?.abort(), []);
  const choose = async (files: FileList | null) => {
    if (!files) return;
    const list = [...files];
    for (let at = 0; at < list.length; at += readAtOnce) {
      const read = await Promise.all(list.slice(at, at + readAtOnce).map(readUpload));
      const good = read.flatMap((one): Upload[] => (one.ok ? [{ instance: one.instance, outcome: 'waiting' }] : []));
      setLeftOut((count) => count + read.length - good.length);
      setUploads((known) => [
        ...known,
        ...good.filter((one) => !known.some((old) => old.instance.sopInstanceUid === one.instance.sopInstanceUid)),
      ]);
    }
  };
  const start = async () => {
    stop.current = new AbortController();
    setSending(true);
    const tell = (at: number, change: Partial<Upload>) =>
      setUploads((known) => known.map((one, place) => (place === at ? { ...one, ...change } : one)));
    await sendAll(uploads, sendFile, tell, stop.current.signal);
    setSending(false);
    void cache.invalidateQueries({ queryKey: ['imaging'] });
  };
  const count = (outcome: Upload['outcome']) => uploads.filter((one) => one.outcome === outcome).length;
  const stored = count('stored');
  const lost = count('unreachable');
  return (
    <>
      <p>{t('upload-note')}</p>
      <Space wrap>
        <FilePicker label={t('choose-folder')} isFolder onChoose={choose} isDisabled={isSending} />
        <FilePicker label={t('choose-files')} onChoose={choose} isDisabled={isSending} />
        <Button
          type="primary"
          disabled={uploads.length === stored || isSending}
          onClick={() => void start()}
          data-testid="send-files"
        >
          {t(lost > 0 ? 'send-again' : 'send-files', { n: uploads.length - stored })}
        </Button>
        {isSending && <Button onClick={() => stop.current?.abort()}>{t('stop')}</Button>}
      </Space>
      {leftOut > 0 && <p className="muted">{t('left-out', { n: leftOut })}</p>}
      {uploads.length > 0 && (
        <Progress
          aria-label={t('upload')}
          percent={Math.floor((stored / uploads.length) * 100)}
          format={() => `${stored} / ${uploads.length}`}
        />
      )}
      {lost > 0 && !isSending && <Alert type="warning" showIcon title={t('link-lost', { n: lost })} />}
      {studiesOf(uploads).map((study) => (
        <Panel
          key={study.uid}
          title={`${study.name || t('nameless')} · ${study.patientId}`}
          extra={<span className="muted">{dayText(study.date)}</span>}
        >
          <Space wrap>
            <span>{[study.modality, study.description].filter(Boolean).join(' · ')}</span>
            <ToneTag tone={study.stored === study.total ? 'good' : 'info'}>
              {t('arrived', { n: study.stored, total: study.total })}
            </ToneTag>
            {study.reasons.map((reason) => (
              <ToneTag key={reason} tone="bad">
                {t('refused-file', { reason })}
              </ToneTag>
            ))}
          </Space>
        </Panel>
      ))}
    </>
  );
}

function FilePicker({
  label,
  isFolder,
  isDisabled,
  onChoose,
}: {
  label: string;
  isFolder?: boolean;
  isDisabled: boolean;
  onChoose: (files: FileList | null) => void;
}) {
  const input = useRef<HTMLInputElement>(null);
  // React has no word for choosing a folder; browsers do.
  useEffect(() => {
    if (isFolder) input.current?.setAttribute('webkitdirectory', '');
  }, [isFolder]);
  return (
    <>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        data-testid={isFolder ? 'upload-folder' : 'upload-files'}
        onChange={(event) => {
          onChoose(event.target.files);
          event.target.value = '';
        }}
      />
      <Button icon={<FolderOpenOutlined />} disabled={isDisabled} onClick={() => input.current?.click()}>
        {label}
      </Button>
    </>
  );
}

function studiesOf(uploads: readonly Upload[]) {
  const groups = Map.groupBy(uploads, (upload) => upload.instance.studyInstanceUid);
  return [...groups].map(([uid, members]) => {
    const first = members[0]?.instance;
    return {
      uid,
      name: first?.patientName ?? '',
      patientId: first?.patientId ?? '',
      modality: first?.modality ?? '',
      description: first?.description ?? '',
      date: first?.studyDate ?? '',
      total: members.length,
      stored: members.filter((one) => one.outcome === 'stored').length,
      reasons: [...new Set(members.flatMap((one) => (one.outcome === 'refused' ? [one.reason ?? ''] : [])))],
    };
  });
}
