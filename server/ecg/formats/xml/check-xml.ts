import { ecgInvalid } from '../../ecg-invalid.ts';
import type { TraceFormat } from '../../trace.ts';

/** What a tree may hold. Waveforms are exempt from `textLength`: they are bounded by the file and never copied. */
export const xmlBounds = {
  depth: 64,
  elements: 250_000,
  attributes: 64,
  attributeLength: 4096,
  nameLength: 128,
  textLength: 65_536,
} as const;

const name = /[A-Za-z_\u0080-\ufffd][\w.\-:\u0080-\ufffd]*/y;
const attribute = /\s+([A-Za-z_\u0080-\ufffd][\w.\-:\u0080-\ufffd]*)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/y;
const tagEnd = /\s*(\/?)>/y;
const closeEnd = /\s*>/y;
const doctype =
  /<!DOCTYPE\s+[\w.:-]+(?:\s+(?:SYSTEM|PUBLIC\s+(?:"[^"<]*"|'[^'<]*'))(?:\s+(?:"[^"<]*"|'[^'<]*'))?)?\s*>/y;
const spaces = /\s*/y;
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
const control = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/;

interface Scan {
  readonly text: string;
  readonly format: TraceFormat;
  readonly bulk: ReadonlySet<string>;
  readonly open: string[];
  elements: number;
  hasRoot: boolean;
  hasDoctype: boolean;
  /** Characters of text since the last tag. */
  loose: number;
}

function stop({ text, format, open }: Scan, at: number, expected: string, found = text.slice(at, at + 60)) {
  const where = open.slice(-4).join('/') || 'document';
  return ecgInvalid({ format, where: where.slice(-120), expected, found, offset: at });
}

function match(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

function readName(scan: Scan, at: number): string {
  const found = match(name, scan.text, at)?.[0];
  if (!found) throw stop(scan, at, 'the name of an element');
  if (found.length > xmlBounds.nameLength) throw stop(scan, at, `a name of at most ${xmlBounds.nameLength} characters`);
  return found;
}

function closeTag(scan: Scan, at: number): number {
  const closed = readName(scan, at + 2);
  const opened = scan.open.at(-1);
  if (closed !== opened) throw stop(scan, at, opened ? `</${opened}>` : 'no more than one root element');
  const end = match(closeEnd, scan.text, at + 2 + closed.length);
  if (!end) throw stop(scan, at, `the end of </${closed}>`);
  scan.open.pop();
  return closeEnd.lastIndex;
}

function openTag(scan: Scan, at: number): number {
  const opened = readName(scan, at + 1);
  if (scan.hasRoot && scan.open.length === 0) throw stop(scan, at, 'no more than one root element');
  scan.hasRoot = true;
  scan.elements += 1;
  if (scan.elements > xmlBounds.elements) throw stop(scan, at, `at most ${xmlBounds.elements} elements`);
  const seen = new Set<string>();
  let next = at + 1 + opened.length;
  for (let one = match(attribute, scan.text, next); one; one = match(attribute, scan.text, next)) {
    const [, key = '', double, single] = one;
    if ((double ?? single ?? '').length > xmlBounds.attributeLength || key.length > xmlBounds.nameLength)
      throw stop(
        scan,
        at,
        `attributes of at most ${xmlBounds.attributeLength} characters`,
        `<${opened}> ${key.slice(0, 40)}`,
      );
    if (seen.has(key)) throw stop(scan, at, `the attribute ${key} once`);
    if (seen.add(key).size > xmlBounds.attributes) throw stop(scan, at, `at most ${xmlBounds.attributes} attributes`);
    next = attribute.lastIndex;
  }
  const end = match(tagEnd, scan.text, next);
  if (!end) throw stop(scan, next, `a well-formed tag <${opened}>`);
  if (end[1] !== '/') {
    if (scan.open.push(opened) > xmlBounds.depth)
      throw stop(scan, at, `at most ${xmlBounds.depth} elements in each other`);
  }
  return tagEnd.lastIndex;
}

/** Comments, CDATA, processing instructions and a document type without declarations; the end of what stands at `at`. */
function special(scan: Scan, at: number): number | undefined {
  const { text } = scan;
  const until = (end: string, from: number) => {
    const found = text.indexOf(end, from);
    if (found === -1) throw stop(scan, at, `${end} after what begins here`);
    return found + end.length;
  };
  if (text.startsWith('<!--', at)) return until('-->', at + 4);
  if (text.startsWith('<?', at)) return until('?>', at + 2);
  if (text.startsWith('<![CDATA[', at) && scan.open.length > 0) {
    const end = until(']]>', at + 9);
    scan.loose += end - at - 12;
    return end;
  }
  if (!text.startsWith('<!', at)) return undefined;
  // Recorders refer to a document type (MUSE does); it is never fetched. One that declares anything is an attack here.
  if (scan.hasRoot || scan.hasDoctype || !match(doctype, text, at))
    throw stop(scan, at, 'no document type declarations');
  scan.hasDoctype = true;
  return doctype.lastIndex;
}

function endText(scan: Scan, at: number): void {
  const current = scan.open.at(-1)?.replace(/^.*:/, '');
  if (scan.loose > xmlBounds.textLength && !(current && scan.bulk.has(current)))
    throw stop(scan, at, `at most ${xmlBounds.textLength} characters of text`, `${scan.loose}`);
  scan.loose = 0;
}

/**
 * Checks in one pass, before a tree is made, that a text is well-formed XML within `xmlBounds`, has no document type
 * declarations, and characters that XML allows. `bulk` are the local names whose text may be long.
 * Throws `ecg-invalid` with the character offset.
 */
export function checkXml(text: string, format: TraceFormat, bulk: ReadonlySet<string>): void {
  const scan: Scan = { text, format, bulk, open: [], elements: 0, hasRoot: false, hasDoctype: false, loose: 0 };
  const illegal = control.exec(text);
  if (illegal)
    throw stop(scan, illegal.index, 'characters that XML allows', `U+${illegal[0].charCodeAt(0).toString(16)}`);
  let at = 0;
  for (let next = text.indexOf('<'); next !== -1; next = text.indexOf('<', at)) {
    if (scan.open.length === 0) {
      match(spaces, text, at);
      if (spaces.lastIndex !== next) throw stop(scan, at, 'an XML element');
    }
    scan.loose += next - at;
    const end = special(scan, next);
    if (end !== undefined) {
      at = end;
      continue;
    }
    endText(scan, next);
    at = text.startsWith('</', next) ? closeTag(scan, next) : openTag(scan, next);
  }
  match(spaces, text, at);
  if (!scan.hasRoot || spaces.lastIndex !== text.length) throw stop(scan, at, 'an XML element');
  if (scan.open.length > 0) throw stop(scan, text.length, `</${scan.open.at(-1)}>`, 'the end of the file');
}
