import { type Insertion, nextBlank } from './insert-text.ts';

/**
 * Types a piece into a text area as a person would, so that the browser's own undo takes it back. The command is old but
 * the only one that does; where a browser lacks it, the text still goes in.
 */
export function writeInto(area: HTMLTextAreaElement, { start, end, insert }: Insertion): void {
  area.focus();
  area.setSelectionRange(start, end);
  if (document.execCommand('insertText', false, insert)) return;
  area.setRangeText(insert, start, end, 'end');
  area.dispatchEvent(new Event('input', { bubbles: true }));
}

/** Selects the next blank of these texts, from the cursor on and then from the beginning. @returns whether there is one */
export function selectNextBlank(areas: readonly HTMLTextAreaElement[]): boolean {
  const at = areas.indexOf(document.activeElement as HTMLTextAreaElement);
  const current = areas[at];
  const inOrder = [...areas.slice(at + 1), ...areas.slice(0, at + 1)];
  const ahead = current && nextBlank(current.value, current.selectionEnd);
  const found = ahead && current ? { area: current, blank: ahead } : firstBlank(inOrder);
  if (!found) return false;
  found.area.focus();
  found.area.setSelectionRange(found.blank.start, found.blank.end);
  return true;
}

function firstBlank(areas: readonly HTMLTextAreaElement[]) {
  for (const area of areas) {
    const blank = nextBlank(area.value, 0);
    if (blank) return { area, blank };
  }
  return undefined;
}
