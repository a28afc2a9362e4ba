import { CloseOutlined, PaperClipOutlined, SendOutlined } from '@ant-design/icons';
import { fileLimits } from '@lianzhen/contracts/consultation-files.ts';
import { App, Button, Input } from 'antd';
import { useRef, useState } from 'react';
import { sizeText } from '../files/size-text.ts';
import { useRoomText } from './texts.ts';

/** A phone's camera gives JPEG where it is asked for it. */
const accepted = 'application/pdf,image/jpeg,image/png,text/plain,.txt,.csv,.md,.log';

interface SayLineProps {
  onSay: (text: string) => void;
  onSend: (file: File, text: string) => void;
}

/** Where one writes. A file is chosen first and goes with the words, so that a wrong choice is seen before it is sent. */
export function SayLine({ onSay, onSend }: SayLineProps) {
  const t = useRoomText();
  const { message } = App.useApp();
  const [text, setText] = useState('');
  const [file, setFile] = useState<File>();
  const chooser = useRef<HTMLInputElement>(null);
  const send = () => {
    if (file) onSend(file, text.trim());
    else if (text.trim()) onSay(text.trim());
    setText('');
    setFile(undefined);
  };
  const choose = (chosen: File | undefined) => {
    if (chooser.current) chooser.current.value = '';
    if (!chosen) return;
    if (chosen.size > fileLimits.bytes) void message.warning(t('fileTooLarge', { most: sizeText(fileLimits.bytes) }));
    else setFile(chosen);
  };
  return (
    <div className="room-say">
      {file && (
        <div className="room-say-file" data-testid="chat-picked">
          <PaperClipOutlined aria-hidden="true" /> <span className="file-name">{file.name}</span>{' '}
          <span className="muted num">{sizeText(file.size)}</span>
          <Button
            size="small"
            type="text"
            icon={<CloseOutlined />}
            aria-label={t('fileDrop')}
            onClick={() => setFile(undefined)}
          />
        </div>
      )}
      <input
        ref={chooser}
        type="file"
        hidden
        accept={accepted}
        onChange={(event) => choose(event.target.files?.[0])}
        data-testid="chat-file-input"
      />
      <Button
        icon={<PaperClipOutlined />}
        aria-label={t('fileAdd')}
        title={t('fileAddNote', { most: sizeText(fileLimits.bytes) })}
        onClick={() => chooser.current?.click()}
        data-testid="chat-attach"
      />
      <Input
        aria-label={t('chatInput')}
        placeholder={t('chatInput')}
        maxLength={2000}
        value={text}
        onChange={(event) => setText(event.target.value)}
        // The Enter that ends a choice of characters is not one that sends.
        onPressEnter={(event) => !event.nativeEvent.isComposing && send()}
        data-testid="chat-input"
      />
      <Button
        type="primary"
        icon={<SendOutlined />}
        aria-label={t('chatSend')}
        onClick={send}
        data-testid="chat-send"
      />
    </div>
  );
}
