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

  /** @returns the texts that have a piece but are not on the page */
  const put = (pieces: Readonly<Record<TextKey, string>>): TextKey[] => {
    const home = last.current;
    const filled = texts.filter((key) => pieces[key].trim());
    for (const key of filled) {
      const area = areas[key];
      if (!area) continue;
      const piece = pieces[key];
      const cursor = key === home ? { start: area.selectionStart, end: area.selectionEnd } : null;
      writeInto(area, insertionOf(area.value, piece, cursor));
    }
    const written = filled.map((key) => areas[key]).filter((area) => area != null);
    for (const area of written) area.blur();
    if (!selectNextBlank(written)) areas[home ?? 'findings']?.focus();
    return filled.filter((key) => !areas[key]);
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
