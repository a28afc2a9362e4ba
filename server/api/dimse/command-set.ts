import { abortReason, ProtocolError } from './failures.ts';
import { commentText } from './status.ts';

/** Command Field values (PS3.7 annex E). A response is its request with bit 15 set. */
export const commandField = {
  store: 0x0001,
  find: 0x0020,
  echo: 0x0030,
  eventReport: 0x0100,
  action: 0x0130,
  cancel: 0x0fff,
} as const;

export const responseBit = 0x8000;
const noDataSet = 0x0101;

const numbers = {
  commandField: 0x0100,
  messageId: 0x0110,
  messageIdRespondedTo: 0x0120,
  priority: 0x0700,
  status: 0x0900,
  eventTypeId: 0x1002,
  actionTypeId: 0x1008,
  moveOriginatorMessageId: 0x1031,
} as const;

const texts = {
  affectedSopClassUid: 0x0002,
  requestedSopClassUid: 0x0003,
  errorComment: 0x0902,
  affectedSopInstanceUid: 0x1000,
  requestedSopInstanceUid: 0x1001,
  moveOriginatorAeTitle: 0x1030,
} as const;

/** A command set by name: the group 0000 elements this engine knows. Others are skipped when read. */
export type Command = { commandField: number; hasDataset: boolean } & {
  [K in Exclude<keyof typeof numbers, 'commandField'> | keyof typeof texts]?: K extends keyof typeof texts
    ? string
    : number;
};

const groupLength = 0x0000;
const dataSetType = 0x0800;
const numberNames = new Map(Object.entries(numbers).map(([name, element]) => [element as number, name]));
const textNames = new Map(Object.entries(texts).map(([name, element]) => [element as number, name]));

/** Decodes a command set: always implicit VR little endian (PS3.7 §6.3.1). Throws ProtocolError for anything malformed. */
export function decodeCommand(bytes: Buffer): Command {
  const found: Record<string, number | string> = {};
  let dataset: number | undefined;
  let at = 0;
  while (at < bytes.length) {
    if (at + 8 > bytes.length) throw invalid(`command set ends within an element at byte ${at}`);
    const group = bytes.readUInt16LE(at);
    const element = bytes.readUInt16LE(at + 2);
    const length = bytes.readUInt32LE(at + 4);
    at += 8;
    if (group !== 0) throw invalid(`command set holds an element of group ${hex(group)}`);
    if (length > bytes.length - at) throw invalid(`command element (0000,${hex(element)}) is longer than its set`);
    const value = bytes.subarray(at, at + length);
    at += length;
    const numberName = numberNames.get(element);
    const textName = textNames.get(element);
    if (element === dataSetType) dataset = unsigned16(element, value);
    else if (numberName) found[numberName] = unsigned16(element, value);
    else if (textName) found[textName] = value.toString('latin1').replace(/^ +|[\0 ]+$/g, '');
  }
  if (found.commandField === undefined) throw invalid('command set has no Command Field (0000,0100)');
  if (dataset === undefined) throw invalid('command set has no Command Data Set Type (0000,0800)');
  return { ...found, hasDataset: dataset !== noDataSet } as Command;
}

/** Encodes a command set with its group length, elements in ascending order. */
export function encodeCommand(command: Command): Buffer {
  const parts: [element: number, value: Buffer][] = [[dataSetType, us(command.hasDataset ? 0x0001 : noDataSet)]];
  for (const [name, element] of Object.entries(numbers) as [keyof typeof numbers, number][]) {
    const value = command[name];
    if (value !== undefined) parts.push([element, us(value)]);
  }
  for (const [name, element] of Object.entries(texts) as [keyof typeof texts, number][]) {
    const value = command[name];
    if (value === undefined) continue;
    // UIDs are padded with NUL, everything else with a space (PS3.5 §6.2).
    if (name.endsWith('Uid')) parts.push([element, padded(value, '\0')]);
    else parts.push([element, padded(name === 'errorComment' ? commentText(value) : value, ' ')]);
  }
  parts.sort(([a], [b]) => a - b);
  const length = parts.reduce((total, [, value]) => total + 8 + value.length, 0);
  const out = Buffer.alloc(12 + length);
  let at = write(out, 0, groupLength, ul(length));
  for (const [element, value] of parts) at = write(out, at, element, value);
  return out;
}

function write(out: Buffer, at: number, element: number, value: Buffer): number {
  out.writeUInt16LE(element, at + 2);
  out.writeUInt32LE(value.length, at + 4);
  value.copy(out, at + 8);
  return at + 8 + value.length;
}

function unsigned16(element: number, value: Buffer): number {
  if (value.length !== 2) throw invalid(`command element (0000,${hex(element)}) is ${value.length} bytes, expected 2`);
  return value.readUInt16LE(0);
}

function us(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(value);
  return bytes;
}

function ul(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

const padded = (text: string, pad: string): Buffer => Buffer.from(text.length % 2 === 0 ? text : text + pad, 'latin1');

const hex = (value: number): string => value.toString(16).padStart(4, '0');

const invalid = (message: string) => new ProtocolError(abortReason.invalidParameter, message);
