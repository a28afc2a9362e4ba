import { HubError } from '@lianzhen/contracts/errors.ts';

/** What MSH says, as it is needed to answer. Values are as they stand, escapes included. */
export interface MessageHeader {
  /** The field separator, and MSH-2: component, repetition, escape, subcomponent. */
  field: string;
  encoding: string;
  sendingApplication: string;
  sendingFacility: string;
  receivingApplication: string;
  receivingFacility: string;
  /** `ORM^O01^ORM_O01` as components. */
  type: string[];
  controlId: string;
  processingId: string;
  version: string;
  /** MSH-15 and MSH-16: both empty is the original mode. */
  acceptAcknowledgement: string;
  applicationAcknowledgement: string;
  charset: string;
}

/** The two that messages are answered in. */
export type Charset = 'UNICODE UTF-8' | 'GB 18030-2000';

/** Character sets of HL7 table 0211 that are read, by the decoder that reads them. */
const decoders: Record<string, string> = {
  'UNICODE UTF-8': 'utf-8',
  'UTF-8': 'utf-8',
  ASCII: 'utf-8',
  'GB 18030-2000': 'gb18030',
  'GB18030-2000': 'gb18030',
  'GB 18030': 'gb18030',
  GB18030: 'gb18030',
  GBK: 'gb18030',
  GB2312: 'gb18030',
  '8859/1': 'latin1',
};

/**
 * The text of a message in the character set of its MSH-18. Systems that declare none are common: those bytes are read
 * as UTF-8 where they are valid UTF-8, else as GB 18030.
 * @throws HubError `bad-input` naming MSH-18, for an unknown set or bytes that are not of it
 */
export function decodeMessage(bytes: Uint8Array): { text: string; charset: Charset } {
  const head =
    Buffer.from(bytes.subarray(0, 1000))
      .toString('latin1')
      .split(/[\r\n]/)[0] ?? '';
  const declared = (head.split(head[3] ?? '|')[17] ?? '').split(/[~^]/)[0]?.trim().toUpperCase() ?? '';
  const expected = [...new Set(Object.keys(decoders))];
  if (declared !== '' && !decoders[declared]) throw new HubError('bad-input', { field: 'MSH-18', expected });
  const tries = declared === '' ? ['utf-8', 'gb18030'] : [decoders[declared] ?? 'utf-8'];
  for (const label of tries) {
    const text = decode(bytes, label);
    if (text !== undefined) return { text, charset: label === 'gb18030' ? 'GB 18030-2000' : 'UNICODE UTF-8' };
  }
  throw new HubError('bad-input', { field: 'MSH-18', expected: `bytes of ${declared || 'UTF-8 or GB 18030'}` });
}

function decode(bytes: Uint8Array, label: string): string | undefined {
  try {
    return new TextDecoder(label, { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/**
 * Reads MSH, which must be the first segment.
 * @returns undefined where there is none: such a message cannot even be answered
 */
export function readHeader(text: string): MessageHeader | undefined {
  const line = text.split(/[\r\n]/, 1)[0] ?? '';
  const field = line[3] ?? '';
  const fields = line.split(field);
  const encoding = fields[1] ?? '';
  const delimiters = field + encoding;
  // Delimiters are different printable characters that are neither letters nor digits (v2.5.1, 2.5.4).
  if (!line.startsWith('MSH') || !/^[!-/:-@[-`{-~]{2,6}$/.test(delimiters)) return undefined;
  if (new Set(delimiters).size !== delimiters.length) return undefined;
  const component = encoding[0] ?? '^';
  const at = (number: number): string => fields[number - 1] ?? '';
  return {
    field,
    encoding,
    sendingApplication: at(3),
    sendingFacility: at(4),
    receivingApplication: at(5),
    receivingFacility: at(6),
    type: at(9).split(component),
    controlId: at(10),
    processingId: at(11).split(component)[0] ?? '',
    version: at(12).split(component)[0] ?? '',
    acceptAcknowledgement: at(15),
    applicationAcknowledgement: at(16),
    charset: at(18),
  };
}
