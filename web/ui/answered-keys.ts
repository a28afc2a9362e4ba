import type { KeyboardEvent } from 'react';

interface Lookup {
  /** What stands in the box, and what was last asked for. */
  typed: string;
  asked: string;
  /** The lines on screen answer an earlier question. */
  isPlaceholderData: boolean;
  data: unknown;
  error: unknown;
}

/** Whether the lines on screen are the answer to what stands in the box: on a slow link they follow it by seconds. */
export const isAnswered = ({ typed, asked, isPlaceholderData, data, error }: Lookup): boolean =>
  typed.trim() === asked && !isPlaceholderData && (asked === '' || data !== undefined || Boolean(error));

/**
 * For the element around a search box: Enter chooses nothing before the answer is there. Whoever types fast would else
 * take the first line of an older answer, another patient say, or record a patient anew who was only not found yet.
 */
export const answeredKeys = (lookup: Lookup) => ({
  onKeyDownCapture(event: KeyboardEvent): void {
    if (event.key !== 'Enter' || event.ctrlKey || event.metaKey || isAnswered(lookup)) return;
    event.preventDefault();
    event.stopPropagation();
  },
});
