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
  const latest = useRef({ value, onSearch });
  latest.current = { value, onSearch };
  useEffect(() => {
    if (later !== latest.current.value) latest.current.onSearch(later);
  }, [later]);
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
      onKeyDown={(event) => {
        if (event.key === 'Escape') box.current?.blur();
        if (event.key === 'Enter') onSearch(typed);
      }}
    />
  );
}
