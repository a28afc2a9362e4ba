import { Modal } from 'antd';
import { useWorklistText, type WorklistKey } from './texts.ts';

const desk: readonly [keys: string, what: WorklistKey][] = [
  ['N', 'key-next'],
  ['Alt + N', 'key-nextAlways'],
  ['Ctrl + Enter', 'key-sign'],
  ['G', 'key-text'],
  ['Esc', 'key-images'],
  ['F2', 'key-blank'],
  ['Alt + T', 'key-templates'],
  ['B / Alt + B', 'key-report'],
  ['C / Alt + C', 'key-case'],
  ['F8', 'key-consult'],
  ['F1', 'key-help'],
  ['?', 'key-viewer'],
];
const queue: readonly [keys: string, what: WorklistKey][] = [
  ['/', 'key-search'],
  ['↑ ↓ Enter', 'key-rows'],
  ['N', 'key-next'],
];

/** With electrocardiograms the viewer has these two letters. */
const deskOfEcg = desk.map(([keys, what]): [keys: string, what: WorklistKey] => [keys.replace(/^[BC] \/ /, ''), what]);
const ecg: typeof desk = [
  ['N', 'key-ecgNormal'],
  ['Space', 'key-ecgKeyboard'],
  ['/', 'key-ecgFind'],
  ['F4', 'key-ecgCompare'],
  ['Alt + ↑ ↓', 'key-ecgOrder'],
  ['F9', 'key-ecgAlarm'],
];

/** All keys of desk and queue; those of the viewer stand in its own list, where they can be changed. */
export function DeskHelp({ isOpen, isEcg, onClose }: { isOpen: boolean; isEcg: boolean; onClose: () => void }) {
  const t = useWorklistText();
  const list = (keys: typeof desk) => (
    <dl className="desk-keys">
      {keys.map(([key, what]) => (
        <div key={what}>
          <dt>
            <kbd>{key}</kbd>
          </dt>
          <dd>{t(what)}</dd>
        </div>
      ))}
    </dl>
  );
  return (
    <Modal open={isOpen} onCancel={onClose} footer={null} title={t('keys')} width={680}>
      <div className="desk-help">
        <section>
          <h3>{t('keysDesk')}</h3>
          {list(isEcg ? deskOfEcg : desk)}
        </section>
        {isEcg && (
          <section>
            <h3>{t('keysEcg')}</h3>
            {list(ecg)}
          </section>
        )}
        <section>
          <h3>{t('keysQueue')}</h3>
          {list(queue)}
        </section>
      </div>
    </Modal>
  );
}
