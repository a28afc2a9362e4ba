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
}

const table0357: Record<string, string> = {
  '100': 'Segment sequence error',
  '101': 'Required field missing',
  '102': 'Data type error',
  '103': 'Table value not found',
  '200': 'Unsupported message type',
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
    to.type[1] ? ['ACK', echo(to.type[1]), 'ACK'].join(component) : 'ACK',
    stamp,
    echo(to.processingId) || 'P',
    '2.5.1',
    ...['', '', '', '', 'CHN'],
    charset,
  ];
  const msa = ['MSA', ack.code, echo(to.controlId), ...(ack.text ? [value(ack.text, 80)] : [])];
  const errors = (ack.errors ?? []).map(({ location = '', code, text }) => {
    const place = location.replace(/[^A-Z0-9^]/g, '').replaceAll('^', component);
    const coded = [code, table0357[code] ?? '', 'HL70357'].join(component);
    return ['ERR', '', place, coded, 'E', '', '', '', value(text, 250)];
  });
  const text = [header, msa, ...errors].map((segment) => `${segment.join(field)}\r`).join('');
  return encodeText(text, charset === 'GB 18030-2000' ? 'GB18030' : 'ISO_IR 192');
}
