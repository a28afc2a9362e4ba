import type { StatementView } from '@lianzhen/contracts/ecg.ts';
import { isSenior } from '@lianzhen/contracts/identity.ts';
import { type KeyboardEvent, type Ref, useId, useState } from 'react';
import { useSession } from '../../../api/session.ts';
import { useLanguage } from '../../../api/texts.ts';
import { findStatements } from '../find-statements.ts';
import { useEcgText } from '../texts.ts';
import { StatementDialog } from './statement-dialog.tsx';

interface StatementSearchProps {
  ref: Ref<HTMLInputElement>;
  library: readonly StatementView[];
  isOff: boolean;
  onPick: (statement: StatementView) => void;
}

/** The library by typing: a key, a code, or words of either language; Enter puts in the first, Esc leaves. */
export function StatementSearch({ ref, library, isOff, onPick }: StatementSearchProps) {
  const t = useEcgText();
  const id = useId();
  const [typed, setTyped] = useState('');
  const [at, setAt] = useState(0);
  const [isOpen, setOpen] = useState(false);
  const [worded, setWorded] = useState<StatementView | null>();
  const mayWord = isSenior(useSession().title);
  const found = findStatements(library, typed);
  const chosen = found[Math.min(at, found.length - 1)];
  const pick = (statement: StatementView) => {
    onPick(statement);
    setTyped('');
    setAt(0);
  };
  const pressed = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.nativeEvent.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step) setAt((now) => Math.max(0, Math.min(found.length - 1, now + step)));
    else if (event.key === 'Enter' && chosen) pick(chosen);
    else if (event.key === 'Escape') event.currentTarget.blur();
    else return;
    event.preventDefault();
  };
  return (
    <div className="ecg-search">
      <input
        ref={ref}
        className="ecg-input"
        role="combobox"
        aria-expanded={isOpen}
        aria-controls={id}
        aria-activedescendant={chosen && isOpen ? `${id} ${chosen.code}` : undefined}
        aria-label={t('findStatement')}
        placeholder={`${t('findStatement')}  /`}
        autoComplete="off"
        spellCheck={false}
        maxLength={60}
        disabled={isOff}
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value);
          setAt(0);
        }}
        onFocus={() => setOpen(true)}
        onBlur={() => setOpen(false)}
        onKeyDown={pressed}
        data-testid="statement-search"
      />
      {isOpen && (
        <div className="ecg-found" role="listbox" id={id} aria-label={t('library')}>
          {found.length === 0 && <p className="muted">{t('noStatement')}</p>}
          {found.map((one) => (
            <Found key={one.id} id={`${id} ${one.code}`} one={one} isChosen={one === chosen} onPick={() => pick(one)} />
          ))}
          {mayWord && (
            <p className="ecg-word" onMouseDown={(event) => event.preventDefault()}>
              {chosen && (
                <button type="button" className="ecg-link" tabIndex={-1} onClick={() => setWorded(chosen)}>
                  {t('editStatement')}
                </button>
              )}
              <button
                type="button"
                className="ecg-link"
                tabIndex={-1}
                onClick={() => setWorded(null)}
                data-testid="new-statement"
              >
                {t('newStatement')}
              </button>
            </p>
          )}
        </div>
      )}
      {worded !== undefined && (
        <StatementDialog key={worded?.id ?? ''} statement={worded} onClose={() => setWorded(undefined)} />
      )}
    </div>
  );
}

interface FoundProps {
  id: string;
  one: StatementView;
  isChosen: boolean;
  onPick: () => void;
}

function Found({ id, one, isChosen, onPick }: FoundProps) {
  const language = useLanguage();
  const other = language === 'zh' ? one.en : one.zh;
  return (
    <button
      type="button"
      role="option"
      id={id}
      tabIndex={-1}
      aria-selected={isChosen}
      className={isChosen ? 'ecg-option ecg-option-on' : 'ecg-option'}
      // The box keeps the focus, so that the next one can be typed.
      onMouseDown={(event) => event.preventDefault()}
      onClick={onPick}
      data-code={one.code}
    >
      <kbd>{one.key ?? ' '}</kbd>
      <span className={one.critical ? 'tone-bad' : undefined}>{one[language]}</span>
      <span className="muted ecg-option-other">{other}</span>
      <span className="muted num">{one.code}</span>
    </button>
  );
}
