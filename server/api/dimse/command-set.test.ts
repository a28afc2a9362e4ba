import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Command, decodeCommand, encodeCommand } from './command-set.ts';
import { ProtocolError } from './failures.ts';

test('a command survives encoding and decoding', () => {
  const command: Command = {
    commandField: 0x0001,
    messageId: 65_535,
    priority: 0,
    affectedSopClassUid: '1.2.840.10008.5.1.4.1.1.2',
    affectedSopInstanceUid: '1.2.3.4',
    moveOriginatorAeTitle: 'MOVER',
    moveOriginatorMessageId: 9,
    hasDataset: true,
  };
  expect(decodeCommand(encodeCommand(command))).toEqual(command);
});

test('bytes are as PS3.7 wants them: group length first, ascending, padded to even', () => {
  const bytes = encodeCommand({ commandField: 0x8030, messageIdRespondedTo: 1, status: 0, hasDataset: false });
  expect(bytes.toString('hex')).toBe(
    ['000000000400000028000000', '00000001020000003080', '00002001020000000100', '00000008020000000101']
      .concat('00000009020000000000')
      .join(''),
  );
});

test('an error comment is cut to 64 ASCII characters', () => {
  const comment = decodeCommand(
    encodeCommand({ commandField: 0x8001, errorComment: `失败\\${'x'.repeat(80)}`, hasDataset: false }),
  ).errorComment;
  expect(comment).toBe(`???${'x'.repeat(61)}`);
});

test.each([
  ['00000001', 'command set ends within an element at byte 0'],
  ['08000500020000000100', 'command set holds an element of group 0008'],
  ['0000000102000000', 'command element (0000,0100) is longer than its set'],
  ['00000001040000000100000000000008020000000101', 'command element (0000,0100) is 4 bytes, expected 2'],
  ['00000008020000000101', 'command set has no Command Field (0000,0100)'],
  ['00000001020000003000', 'command set has no Command Data Set Type (0000,0800)'],
])('%s is refused by name', (hex, message) => {
  expect(() => decodeCommand(Buffer.from(hex, 'hex'))).toThrow(
    expect.objectContaining({ name: 'ProtocolError', message }),
  );
});

test('random and damaged command sets are read or refused with ProtocolError', () => {
  const whole = encodeCommand({ commandField: 1, messageId: 1, affectedSopInstanceUid: '1.2.3', hasDataset: true });
  const damaged = fc.tuple(fc.nat(whole.length - 1), fc.nat(255)).map(([at, value]) => {
    const bytes = Buffer.from(whole);
    bytes[at] = value;
    return bytes;
  });
  const random = fc.uint8Array({ maxLength: 100 }).map((bytes) => Buffer.from(bytes));
  fc.assert(
    fc.property(fc.oneof(damaged, random), (bytes) => {
      try {
        decodeCommand(bytes);
      } catch (error) {
        expect(error).toBeInstanceOf(ProtocolError);
      }
    }),
    { seed: 7, numRuns: 2_000 },
  );
});
