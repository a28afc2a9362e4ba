import { Input } from 'antd';
import { useCallback, useEffect, useRef } from 'react';
import { useDesk } from '../desk/desk.ts';
import type { Measurement } from '../state.ts';

/** As long as a note travels. */
const mostLetters = 200;

/** A few words for the chosen mark, where it is this reader's own. */
export function NoteField() {
  const { book, selected } = useDesk();
  const mark = book.now.find(({ id }) => id === selected);
  return mark ? <OpenNote key={mark.id} mark={mark} /> : null;
}

function OpenNote({ mark }: { readonly mark: Measurement }) {
  const { say, changeBook } = useDesk();
  const typed = useRef(mark.text ?? '');
  const latest = useRef(mark);
  latest.current = mark;
  const keep = useCallback(() => {
    const text = typed.current.trim().slice(0, mostLetters);
    const known = latest.current;
    if (text !== (known.text ?? '')) changeBook({ type: 'change', measurement: { ...known, text } });
  }, [changeBook]);
  // A press on the picture takes this field away before it has lost the focus.
  useEffect(() => keep, [keep]);
  return (
    <Input
      className="lzv-note"
      size="small"
      defaultValue={mark.text}
      maxLength={mostLetters}
      placeholder={say('note')}
      aria-label={say('note')}
      data-testid="mark-note"
      onChange={({ target }) => {
        typed.current = target.value;
      }}
      onBlur={keep}
      onPressEnter={({ currentTarget }) => currentTarget.blur()}
    />
  );
}
