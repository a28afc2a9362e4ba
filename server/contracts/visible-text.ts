/**
 * Text as it may be shown or printed: line ends are `\n`, tabs are spaces, and whatever has no shape of its own but
 * could change how its neighbours read (control, bidirectional and other format characters, lone surrogates) is
 * written out as `[U+202E]`. Nothing is dropped, so two texts that differ never look the same.
 */
export function visibleText(text: string): string {
  return text
    .replace(/\r\n?|[\u2028\u2029\u0085]/g, '\n')
    .replaceAll('\t', '    ')
    .replace(/(?!\n)[\p{Cc}\p{Cf}\p{Cs}\u115f\u1160\u3164\uffa0]/gu, codePointName);
}

/** `[U+` and at least four hexadecimal digits `]`, as the Unicode standard names a character. */
export const codePointName = (character: string): string =>
  `[U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}]`;
