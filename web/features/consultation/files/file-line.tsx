import { FileImageOutlined, FilePdfOutlined, FileTextOutlined } from '@ant-design/icons';
import type { RoomFile } from '@lianzhen/contracts/consultation-files.ts';
import { App } from 'antd';
import { useState } from 'react';
import { asApiError } from '../../../api/api-error.ts';
import { useErrorText } from '../../../api/vocabulary.ts';
import type { SeatFiles } from './seat-files.ts';
import { sizeText } from './size-text.ts';
import './files.css';

interface FileLineProps {
  file: RoomFile;
  /** Where the browser fetches it by itself. */
  href: string | undefined;
  /** For who has no account, and so no address. */
  fetchIt?: SeatFiles['fetch'] | undefined;
}

/** A file of the chat, by its name and size; a press saves it. */
export function FileLine({ file, href, fetchIt }: FileLineProps) {
  const textOf = useErrorText();
  const { message } = App.useApp();
  const [isBusy, setBusy] = useState(false);
  const inner = (
    <>
      <Sign type={file.type} /> <span className="file-name">{file.name}</span>{' '}
      <span className="muted num">{sizeText(file.size)}</span>
    </>
  );
  if (href !== undefined)
    return (
      <a className="file-line" href={href} download={file.name} data-testid="chat-file">
        {inner}
      </a>
    );
  const save = async () => {
    setBusy(true);
    try {
      if (fetchIt) saveAs(await fetchIt(file.id), file.name);
    } catch (cause) {
      void message.warning(textOf(asApiError(cause).code));
    }
    setBusy(false);
  };
  return (
    <button type="button" className="file-line" disabled={isBusy} onClick={() => void save()} data-testid="chat-file">
      {inner}
    </button>
  );
}

function Sign({ type }: Pick<RoomFile, 'type'>) {
  if (type === 'application/pdf') return <FilePdfOutlined aria-hidden="true" />;
  return type === 'text/plain' ? <FileTextOutlined aria-hidden="true" /> : <FileImageOutlined aria-hidden="true" />;
}

/** A minute is enough for any browser to have taken it. */
const takenMs = 60_000;

function saveAs(bytes: globalThis.Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(bytes);
  link.download = name;
  link.click();
  window.setTimeout(() => URL.revokeObjectURL(link.href), takenMs);
}
