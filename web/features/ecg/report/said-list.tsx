import { ArrowDownOutlined, ArrowUpOutlined, CloseOutlined, UndoOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { type KeyboardEvent, useState } from 'react';
import { useLanguage } from '../../../api/texts.ts';
import type { Said } from '../conclusion.ts';
import { useEcgText } from '../texts.ts';
import type { Conclusion } from './use-conclusion.ts';

interface SaidListProps {
  said: readonly Said[];
  conclusion: Conclusion;
  isReadOnly: boolean;
}

/** The sentences of the conclusion in their order; the words of each can be changed where it stands. */
export function SaidList({ said, conclusion, isReadOnly }: SaidListProps) {
  const t = useEcgText();
  if (said.length === 0 && !conclusion.canUndo)
    return isReadOnly ? null : <p className="muted ecg-note">{t('saidNothing')}</p>;
  return (
    <div className="ecg-said">
      <ol>
        {said.map((one, at) => (
          <SaidRow
            key={`${one.code} ${one.zh}`}
            one={one}
            isReadOnly={isReadOnly}
            isFirst={at === 0}
            isLast={at === said.length - 1}
            onMove={(by) => conclusion.move(at, by)}
            onRemove={() => conclusion.remove(at)}
            onReword={(zh) => conclusion.reword(at, zh)}
          />
        ))}
      </ol>
      {conclusion.canUndo && (
        <Button size="small" icon={<UndoOutlined />} onClick={conclusion.undo} data-testid="undo-statement">
          {t('undo')}
        </Button>
      )}
    </div>
  );
}

interface SaidRowProps {
  one: Said;
  isReadOnly: boolean;
  isFirst: boolean;
  isLast: boolean;
  onMove: (by: -1 | 1) => void;
  onRemove: () => void;
  onReword: (zh: string) => void;
}

function SaidRow({ one, isReadOnly, isFirst, isLast, onMove, onRemove, onReword }: SaidRowProps) {
  const t = useEcgText();
  const language = useLanguage();
  const [text, setText] = useState(one.zh);
  const pressed = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter' && !event.ctrlKey) event.currentTarget.blur();
    else if (event.key === 'Escape') {
      setText(one.zh);
      event.currentTarget.blur();
    } else if (event.altKey && event.key === 'ArrowUp') onMove(-1);
    else if (event.altKey && event.key === 'ArrowDown') onMove(1);
    else return;
    event.preventDefault();
  };
  return (
    <li data-testid="said" data-code={one.code}>
      <input
        className="ecg-input"
        aria-label={one.code}
        title={language === 'zh' ? one.en : one.zh}
        readOnly={isReadOnly}
        maxLength={200}
        value={text}
        onChange={(event) => setText(event.target.value.replace(/\p{Cc}/gu, ''))}
        onBlur={() => onReword(text.trim())}
        onKeyDown={pressed}
      />
      {!isReadOnly && (
        <span className="ecg-said-acts">
          <Act sign={<ArrowUpOutlined />} name={`${t('up')}  Alt ↑`} isOff={isFirst} onPress={() => onMove(-1)} />
          <Act sign={<ArrowDownOutlined />} name={`${t('down')}  Alt ↓`} isOff={isLast} onPress={() => onMove(1)} />
          <Act sign={<CloseOutlined />} name={t('remove')} onPress={onRemove} />
        </span>
      )}
    </li>
  );
}

interface ActProps {
  sign: React.ReactNode;
  name: string;
  isOff?: boolean;
  onPress: () => void;
}

const Act = ({ sign, name, isOff = false, onPress }: ActProps) => (
  <Button size="small" type="text" icon={sign} aria-label={name} title={name} disabled={isOff} onClick={onPress} />
);
