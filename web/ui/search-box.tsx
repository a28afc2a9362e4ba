import { SearchOutlined } from '@ant-design/icons';
import { Input, type InputRef } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useKeys } from './use-keys.ts';
import { useLater } from './use-later.ts';

interface SearchBoxProps {
  value: string;
  onSearch: (value: string) => void;
  placeholder: string;
  autoFocus?: boolean;
}

/** A search that follows the typing, can be reached with `/` and left with Esc. */
export function SearchBox({ value, onSearch, placeholder, autoFocus }: SearchBoxProps) {
  const [typed, setTyped] = useState(value);
  const box = useRef<InputRef>(null);
  const later = useLater(typed);
  // What was asked for last; the address follows a moment later, and must not be asked for twice.
  const asked = useRef(value);
  const search = (next: string) => {
    if (next === asked.current) return;
    asked.current = next;
    onSearch(next);
  };
  const latest = useRef(search);
  latest.current = search;
  useEffect(() => latest.current(later), [later]);
  useEffect(() => {
    // Somebody went back in the history; while one types, what is typed counts.
    if (value === asked.current || document.activeElement === box.current?.input) return;
    asked.current = value;
    setTyped(value);
  }, [value]);
  useKeys({ '/': () => box.current?.focus({ cursor: 'all' }) });
  return (
    <Input
      ref={box}
      allowClear
      autoFocus={autoFocus}
      className="search-box"
      type="search"
      aria-label={placeholder}
      placeholder={placeholder}
      prefix={<SearchOutlined />}
      suffix={<kbd>/</kbd>}
      maxLength={64}
      value={typed}
      onChange={(event) => setTyped(event.target.value)}
      // Leaving the box asks at once: a search that came later would call one back from the next page.
      onBlur={() => search(typed)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') search(typed);
        if (event.key !== 'Escape') return;
        // The browser would empty the box.
        event.preventDefault();
        box.current?.blur();
      }}
    />
  );
}
