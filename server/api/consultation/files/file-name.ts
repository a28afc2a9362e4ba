import type { FileType } from '@lianzhen/contracts/consultation-files.ts';

/** The first of each is given to a name that has none of them. */
const endings: Record<FileType, readonly string[]> = {
  'application/pdf': ['pdf'],
  'image/jpeg': ['jpg', 'jpeg'],
  'image/png': ['png'],
  'text/plain': ['txt', 'csv', 'md', 'log'],
};
/** With its ending it stays below 255 bytes of UTF-8, which every file system takes. */
const longestStem = 70;
/** Names of devices on Windows, with or without an ending. */
const reserved = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;
/** Control, format and direction marks, halves of characters, fillers without a shape, and what Windows does not take. */
const unwanted = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\u115f\u1160\u3164\uffa0<>:"|?*]/gu;

/**
 * A name under which a file may be shown and saved anywhere: the last part of a path, nothing invisible, and an ending that
 * says what the file is. `report.pdf.exe` that is a PDF becomes `report.pdf.exe.pdf`.
 */
export function keptName(given: string, type: FileType): string {
  const last = given.toWellFormed().normalize('NFC').split(/[\\/]/).at(-1) ?? '';
  const clean = trimmed(last.replaceAll(/[\p{Zl}\p{Zp}\p{Zs}\t\r\n]+/gu, ' ').replaceAll(unwanted, ''));
  const dot = clean.lastIndexOf('.');
  const ending = clean.slice(dot + 1).toLowerCase();
  const isTrue = dot > 0 && endings[type].includes(ending);
  const whole = isTrue ? clean.slice(0, dot) : clean;
  const stem = trimmed([...whole].slice(0, longestStem).join('')) || '文件';
  return `${reserved.test(stem) ? '_' : ''}${stem}.${isTrue ? ending : endings[type][0]}`;
}
/** A dot at the front hides a file, dots and blanks at the end are dropped by Windows. */
const trimmed = (name: string): string => name.replace(/^[. ]+/, '').replace(/[. ]+$/, '');

/** RFC 6266: for who reads UTF-8, and a plain name for who does not. */
export function contentDisposition(name: string): string {
  const ending = name.slice(name.lastIndexOf('.'));
  const encoded = encodeURIComponent(name).replace(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="file${ending}"; filename*=UTF-8''${encoded}`;
}
