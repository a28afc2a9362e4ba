const longest = 200;

/**
 * What the sender calls a file: `?name=`, or the file name of Content-Disposition (RFC 6266, both forms). Only its last
 * part, without control characters; null where it says nothing usable.
 */
export function sentName(query: unknown, disposition: string | undefined): string | null {
  const given = typeof query === 'string' && query !== '' ? query : fromDisposition(disposition ?? '');
  const last = given.toWellFormed().split(/[\\/]/).at(-1) ?? '';
  const clean = [...last.replace(/\p{C}/gu, '').trim()].slice(0, longest).join('');
  return clean === '' || clean === '.' || clean === '..' ? null : clean;
}

function fromDisposition(header: string): string {
  const short = header.slice(0, 2000);
  const extended = /filename\*\s*=\s*UTF-8''([^;\s]+)/i.exec(short)?.[1];
  if (extended !== undefined) {
    try {
      return decodeURIComponent(extended);
    } catch {
      return '';
    }
  }
  const [, quoted, plain] = /filename\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;\s]+))/i.exec(short) ?? [];
  return quoted?.replace(/\\(.)/g, '$1') ?? plain ?? '';
}
