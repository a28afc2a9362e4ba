import { CameraOutlined, FolderOpenOutlined } from '@ant-design/icons';
import { App, Button } from 'antd';
import { type DragEvent, useRef, useState } from 'react';
import { useNarrow } from '../../../ui/use-narrow.ts';
import { useEcgText } from '../texts.ts';
import { mostBytes } from './send-trace.ts';

interface FileChoiceProps {
  isBusy: boolean;
  /** Said on the large button. */
  act: string;
  onFile: (file: File) => void;
}

const isPicture = ({ type, name }: File) =>
  /^image\/|^application\/pdf$/.test(type) || /\.(pdf|jpe?g|png|webp|heic)$/i.test(name);

/** A file from the recorder, dropped or picked; as a last resort a picture, of which it is said first what it cannot be. */
export function FileChoice({ isBusy, act, onFile }: FileChoiceProps) {
  const t = useEcgText();
  const { modal, message } = App.useApp();
  const isNarrow = useNarrow();
  const picker = useRef<HTMLInputElement>(null);
  const camera = useRef<HTMLInputElement>(null);
  const [isOver, setOver] = useState(false);
  const warn = (onOk: () => void) =>
    void modal.confirm({
      title: t('photoTitle'),
      content: t('photoWarning'),
      okText: t('photoGoOn'),
      cancelText: t('cancel'),
      onOk,
    });
  const choose = (file: File | undefined, isWarned: boolean) => {
    if (!file) return;
    if (file.size === 0 || file.size > mostBytes) void message.error(t(file.size === 0 ? 'emptyFile' : 'largeFile'));
    else if (isPicture(file) && !isWarned) warn(() => onFile(file));
    else onFile(file);
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    if (!isBusy) choose(event.dataTransfer.files[0], false);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is one way more; the buttons within do the same.
    <div
      className={isOver ? 'ecg-drop ecg-drop-over' : 'ecg-drop'}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <Hidden ref={picker} testId="ecg-file" onFile={(file) => choose(file, false)} />
      <Hidden ref={camera} testId="ecg-photo" isCamera onFile={(file) => choose(file, true)} />
      <Button
        type="primary"
        size="large"
        icon={<FolderOpenOutlined />}
        disabled={isBusy}
        onClick={() => picker.current?.click()}
        data-testid="choose-ecg"
      >
        {act}
      </Button>
      <p className="muted">{t(isNarrow ? 'formats' : 'dropHere')}</p>
      <Button
        type="link"
        icon={<CameraOutlined />}
        disabled={isBusy}
        onClick={() => warn(() => camera.current?.click())}
        data-testid="choose-photo"
      >
        {t('photo')}
      </Button>
    </div>
  );
}

interface HiddenProps {
  ref: React.Ref<HTMLInputElement>;
  testId: string;
  isCamera?: boolean;
  onFile: (file: File | undefined) => void;
}

function Hidden({ ref, testId, isCamera = false, onFile }: HiddenProps) {
  return (
    <input
      ref={ref}
      type="file"
      hidden
      tabIndex={-1}
      {...(isCamera ? { accept: 'image/*', capture: 'environment' as const } : {})}
      data-testid={testId}
      onChange={(event) => {
        onFile(event.target.files?.[0]);
        // The same file again is a choice too.
        event.target.value = '';
      }}
    />
  );
}
