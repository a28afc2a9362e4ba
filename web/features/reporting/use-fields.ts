import { useRef } from 'react';
import { insertionOf } from './insert-text.ts';
import { type Missing, type TextKey, texts } from './report-body.ts';
import { selectNextBlank, writeInto } from './write-into.ts';

/** The text areas of a report: where the cursor was last, and how pieces get into them. */
export function useFields() {
  const areas = useRef<Partial<Record<TextKey, HTMLTextAreaElement | null>>>({}).current;
  const critical = useRef<HTMLInputElement | null>(null);
  /** The text the cursor was in; none until one has been in any. */
  const last = useRef<TextKey | undefined>(undefined);
  const all = () => texts.map((key) => areas[key]).filter((area) => area != null);

  const put = (pieces: Readonly<Record<TextKey, string>>) => {
    const home = last.current;
    for (const key of texts) {
      const area = areas[key];
      const piece = pieces[key];
      if (!area || !piece.trim()) continue;
      const cursor = key === home ? { start: area.selectionStart, end: area.selectionEnd } : null;
      writeInto(area, insertionOf(area.value, piece, cursor));
    }
    const filled = texts.filter((key) => pieces[key].trim()).map((key) => areas[key]);
    for (const area of filled) area?.blur();
    if (!selectNextBlank(filled.filter((area) => area != null))) areas[home ?? 'findings']?.focus();
  };
  return {
    ref: (key: TextKey) => (area: HTMLTextAreaElement | null) => {
      areas[key] = area;
    },
    criticalRef: critical,
    visit: (key: TextKey) => {
      last.current = key;
    },
    put,
    nextBlank: () => selectNextBlank(all()),
    focus: (part: Missing) => {
      if (part === 'criticalText') critical.current?.focus();
      else if (part === 'positive') areas.impression?.focus();
      else areas[part]?.focus();
    },
  };
}
export type Fields = ReturnType<typeof useFields>;
