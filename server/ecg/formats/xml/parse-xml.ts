import { XMLParser } from 'fast-xml-parser';
import { ecgInvalid } from '../../ecg-invalid.ts';
import type { TraceFormat } from '../../trace.ts';
import { checkXml, xmlBounds } from './check-xml.ts';
import { decodeXml } from './decode-xml.ts';

/** Names are without their namespace prefix. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlElement[];
  /** Of this element alone, entities replaced; of a bulk element a view of the file, as it is written there. */
  readonly text: string;
}

/** What fast-xml-parser returns for a node with `preserveOrder`. */
type ParsedNode = Readonly<Record<string, unknown>>;

const named: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', apos: "'", quot: '"' };
const entity = /&(?:#x([0-9a-fA-F]{1,6})|#([0-9]{1,7})|(lt|gt|amp|apos|quot));|&/g;

/** The five entities of XML and numbers of characters; there are no others without a document type. */
function replaceEntities(text: string, format: TraceFormat, where: string): string {
  if (!text.includes('&')) return text;
  return text.replace(entity, (all, hex?: string, decimal?: string, name?: string) => {
    if (name) return named[name] ?? '';
    const point = hex ? Number.parseInt(hex, 16) : Number(decimal);
    const isLetter =
      (point >= 0x20 && point < 0xd800) || (point > 0xdfff && point < 0xfffe) || (point > 0xffff && point <= 0x10ffff);
    if (!isLetter && ![9, 10, 13].includes(point))
      throw ecgInvalid({
        format,
        where,
        expected: 'one of the five entities of XML or the number of a character',
        found: all,
      });
    return String.fromCodePoint(point);
  });
}

const textOfNodes = (nodes: unknown): string =>
  (nodes as ParsedNode[]).map((node) => String(node['#text'] ?? '')).join('');

function element(node: ParsedNode, format: TraceFormat, bulk: ReadonlySet<string>): XmlElement {
  const name = Object.keys(node).find((key) => key !== ':@') ?? '';
  const attributes = new Map<string, string>();
  for (const [key, value] of Object.entries((node[':@'] ?? {}) as Record<string, unknown>))
    attributes.set(key, replaceEntities(String(value), format, `${name}@${key}`));
  const children: XmlElement[] = [];
  let text = '';
  for (const inner of (node[name] ?? []) as ParsedNode[]) {
    if (inner['#text'] !== undefined)
      text += bulk.has(name) ? String(inner['#text']) : replaceEntities(String(inner['#text']), format, name);
    else if (inner['#cdata'] !== undefined) text += textOfNodes(inner['#cdata']);
    else children.push(element(inner, format, bulk));
  }
  return { name, attributes, children, text };
}

/**
 * The tree of an XML file, after `checkXml`. Elements named in `bulk` hold waveforms: nothing inside them is parsed, so
 * their text stays a view of the file and is not held twice. Throws `ecg-invalid`.
 */
export function parseXml(bytes: Buffer, format: TraceFormat, bulk: readonly string[]): XmlElement {
  const text = decodeXml(bytes, format);
  const isBulk = new Set(bulk);
  checkXml(text, format, isBulk);
  const parser = new XMLParser({
    preserveOrder: true,
    ignoreAttributes: false,
    attributeNamePrefix: '',
    removeNSPrefix: true,
    parseTagValue: false,
    parseAttributeValue: false,
    cdataPropName: '#cdata',
    ignoreDeclaration: true,
    ignorePiTags: true,
    // Entities are replaced above, where an unknown one is an error.
    processEntities: { enabled: false },
    stopNodes: bulk.map((name) => `..${name}`),
    maxNestedTags: xmlBounds.depth,
    jPath: false,
  });
  let nodes: ParsedNode[];
  try {
    nodes = parser.parse(text) as ParsedNode[];
  } catch (cause) {
    const found = cause instanceof Error ? cause.message : String(cause);
    throw ecgInvalid({ format, where: 'document', expected: 'XML that can be read', found }, cause);
  }
  const root = nodes.find((node) => node['#text'] === undefined);
  if (!root) throw ecgInvalid({ format, where: 'document', expected: 'an XML element', found: 'none' });
  return element(root, format, isBulk);
}
