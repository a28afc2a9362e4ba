import { ecgInvalid } from '../../ecg-invalid.ts';

const MAX_PAGES = 10_000;

/**
 * How many pages a PDF says it has: the largest count of its page trees, else its page objects as far as they stand in
 * the open. Where both are inside compressed objects the answer is 1, which every PDF has.
 * @throws HubError ecg-invalid when its end is missing: then it was cut off on its way
 */
export function countPdfPages(bytes: Buffer): number {
  const tail = bytes.subarray(Math.max(0, bytes.length - 2048)).toString('latin1');
  if (!tail.includes('%%EOF')) {
    const offset = bytes.length;
    throw ecgInvalid({ format: 'picture', where: 'PDF end', expected: '%%EOF', found: 'the end of the file', offset });
  }
  const text = bytes.toString('latin1');
  let pages = 0;
  for (const [dictionary] of text.matchAll(/<<[^<>]*\/Type\s{0,8}\/Pages\b[^<>]*>>/g)) {
    pages = Math.max(pages, Number(/\/Count\s{0,8}(\d{1,6})/.exec(dictionary)?.[1] ?? 0));
  }
  if (pages === 0) for (const _page of text.matchAll(/\/Type\s{0,8}\/Page(?![A-Za-z])/g)) pages += 1;
  return Math.min(MAX_PAGES, Math.max(1, pages));
}
