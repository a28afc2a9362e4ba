import { visibleText } from '@lianzhen/contracts/visible-text.ts';
import { encodeText } from '@lianzhen/dicom/encode-text.ts';
import type { Charset, MessageHeader } from './message-header.ts';

/** HL7 table 0008. AE: mend the message before it is sent again; AR: send it again as it is, or mend MSH-9, -11, -12. */
export type AckCode = 'AA' | 'AE' | 'AR';
export interface AckError {
  /** ERR-2: `PID^1^3`, segment, its repetition, field. */
  location?: string;
  /** ERR-3, HL7 table 0357. */
  code: string;
  /** ERR-8, for people. */
  text: string;
}
export interface Acknowledgement {
  code: AckCode;
  /** MSA-3. */
  text?: string;
  errors?: readonly AckError[];
  /** When it was decided, where a repeat is given the same answer again; otherwise now. */
  at?: Date;
  /** MSH-9 of an application's own answer, `ORR^O02^ORR_O02` as components; otherwise it is an ACK. */
  type?: readonly string[];
  /** What such an answer carries after MSA and ERR. */
  segments?: readonly AckSegment[];
}
export interface AckSegment {
  name: string;
  /** By number of the field: a text, or its components. */
  fields: Readonly<Record<number, string | readonly string[]>>;
}

const table0357: Record<string, string> = {
  '100': 'Segment sequence error',
  '101': 'Required field missing',
  '102': 'Data type error',
  '103': 'Table value not found',
  '200': 'Unsupported message type',
  '202': 'Unsupported processing id',
  '203': 'Unsupported version id',
  '204': 'Unknown key identifier',
  '205': 'Duplicate key identifier',
  '207': 'Application internal error',
};

/** Escapes by the delimiters of the message that is answered: its sender reads the answer with the same. */
function escaper({ field, encoding }: MessageHeader): (text: string, limit: number) => string {
  const [component = '^', repetition = '~', mark = '\\', subcomponent = '&'] = encoding;
  const codes = new Map([
    [mark, 'E'],
    [field, 'F'],
    [component, 'S'],
    [subcomponent, 'T'],
    [repetition, 'R'],
  ]);
  return (text, limit) =>
    [...oneLine(text)]
      .slice(0, limit)
      .map((character) => (codes.has(character) ? `${mark}${codes.get(character)}${mark}` : character))
      .join('');
}
const oneLine = (text: string): string => visibleText(text).replaceAll('\n', ' ');

/**
 * The bytes of an ACK (HL7 v2.5.1, 2.9.2), in the character set of the message that it answers.
 * @param to the header of that message: its sender becomes the receiver, its MSH-10 becomes MSA-2 unchanged
 * @param now for MSH-7, in UTC
 */
export function acknowledge(to: MessageHeader, ack: Acknowledgement, now: Date, charset: Charset): Buffer {
  const { field, encoding } = to;
  const component = encoding[0] ?? '^';
  const value = escaper(to);
  const stamp = now.toISOString().replace(/\D/g, '');
  // What is echoed stands between the same delimiters as it came.
  const echo = (text: string): string => oneLine(text).slice(0, 250);
  const header = [
    'MSH',
    encoding,
    echo(to.receivingApplication) || 'LIANZHEN',
    echo(to.receivingFacility),
    echo(to.sendingApplication),
    echo(to.sendingFacility),
    `${stamp.slice(0, 14)}+0000`,
    '',
    typeOf(to, ack).map(echo).join(component),
    stamp,
    echo(to.processingId) || 'P',
    '2.5.1',
    ...['', '', '', '', 'CHN'],
    charset,
  ];
  const msa = ['MSA', codeOf(to, ack), echo(to.controlId), ...(ack.text ? [value(ack.text, 80)] : [])];
  const errors = (ack.errors ?? []).map(({ location = '', code, text }) => {
    const place = location.replace(/[^A-Z0-9^]/g, '').replaceAll('^', component);
    const coded = [code, table0357[code] ?? '', 'HL70357'].join(component);
    return ['ERR', '', place, coded, 'E', '', '', '', value(text, 250)];
  });
  const rest = isCommitOnly(to) ? [] : (ack.segments ?? []).map((one) => segmentFields(one, component, value));
  const text = [header, msa, ...errors, ...rest].map((segment) => `${segment.join(field)}\r`).join('');
  return encodeText(text, charset === 'GB 18030-2000' ? 'GB18030' : 'ISO_IR 192');
}

/** Who wants no answer of the application is told that the message is safe, or not (enhanced mode, v2.5.1, 2.9.3.2). */
const isCommitOnly = (to: MessageHeader): boolean =>
  to.applicationAcknowledgement === 'NE' && !['', 'NE'].includes(to.acceptAcknowledgement);
const codeOf = (to: MessageHeader, { code }: Acknowledgement): string =>
  isCommitOnly(to) ? code.replace('A', 'C') : code;
const typeOf = (to: MessageHeader, { type }: Acknowledgement): readonly string[] =>
  type && !isCommitOnly(to) ? type : to.type[1] ? ['ACK', to.type[1], 'ACK'] : ['ACK'];

function segmentFields(
  { name, fields }: AckSegment,
  component: string,
  value: (text: string, limit: number) => string,
): string[] {
  const last = Math.max(0, ...Object.keys(fields).map(Number));
  const texts = Array.from({ length: last }, (_, at) => [fields[at + 1] ?? ''].flat());
  return [name, ...texts.map((parts) => parts.map((part) => value(part, 250)).join(component))];
}
