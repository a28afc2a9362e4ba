import fc from 'fast-check';
import { expect, test } from 'vitest';
import { encodeAssociateAccept, encodeAssociateRequest } from './associate-encode.ts';
import { ProtocolError } from './failures.ts';
import type { AssociateRequest, PduEvent } from './pdu.ts';
import { encodeAbort, encodeDataHeader, encodeReject, encodeReleaseRequest } from './pdu-encode.ts';
import { PduReader } from './pdu-reader.ts';

const limits = { pduBytes: 4_096, associateBytes: 65_536, contexts: 128 };
const seed = 20_240;

const request: AssociateRequest = {
  protocolVersion: 1,
  calledAeTitle: 'PROVIDER',
  callingAeTitle: 'USER',
  applicationContext: '1.2.840.10008.3.1.1.1',
  contexts: [
    { id: 1, abstractSyntax: '1.2.840.10008.1.1', transferSyntaxes: ['1.2.840.10008.1.2'] },
    { id: 255, abstractSyntax: '1.2.3', transferSyntaxes: ['1.2.840.10008.1.2.1', '1.2.840.10008.1.2'] },
  ],
  user: {
    maxPduBytes: 16_384,
    implementationClassUid: '1.2.3.4',
    implementationVersion: 'V1',
    operationsWindow: { invoked: 0, performed: 1 },
    roles: [{ sopClassUid: '1.2.3', scu: false, scp: true }],
  },
};

function read(bytes: Buffer, cuts: number[] = []): PduEvent[] {
  const reader = new PduReader(limits);
  const at = [0, ...cuts.filter((cut) => cut < bytes.length).sort((a, b) => a - b), bytes.length];
  const events: PduEvent[] = [];
  for (let i = 1; i < at.length; i += 1) events.push(...reader.feed(bytes.subarray(at[i - 1], at[i])));
  return events;
}

/** Joins the pieces of a fragment, so that what was read can be compared however it was cut. */
function joined(events: PduEvent[]): unknown[] {
  const out: unknown[] = [];
  let open: { bytes: string } | undefined;
  for (const event of events) {
    if (event.kind !== 'data') out.push(event);
    else if (open) {
      open.bytes += event.bytes.toString('hex');
      Object.assign(open, { isLast: event.isLast });
    } else {
      open = { ...event, bytes: event.bytes.toString('hex') };
      out.push(open);
    }
    if (event.kind !== 'data' || event.isLast) open = undefined;
  }
  return out;
}

const data = (contextId: number, isCommand: boolean, isLast: boolean, bytes: Buffer) =>
  Buffer.concat([encodeDataHeader(contextId, isCommand, isLast, bytes.length), bytes]);

test('an association request survives encoding and decoding', () => {
  expect(read(encodeAssociateRequest(request))).toEqual([{ kind: 'associate-request', request }]);
});

test('an association acceptance survives encoding and decoding', () => {
  const accept = { ...request, contexts: [{ id: 3, result: 0, transferSyntax: '1.2.840.10008.1.2' }] };
  expect(read(encodeAssociateAccept(accept))).toEqual([{ kind: 'associate-accept', accept }]);
});

test('the short PDUs carry their reasons', () => {
  const bytes = [encodeReject({ result: 1, source: 1, reason: 7 }), encodeReleaseRequest(), encodeAbort(2, 6)];
  expect(read(Buffer.concat(bytes))).toEqual([
    { kind: 'associate-reject', rejection: { result: 1, source: 1, reason: 7 } },
    { kind: 'release-request' },
    { kind: 'abort', source: 2, reason: 6 },
  ]);
});

test('several PDVs in one PDU are told apart, an empty last one included', () => {
  const one = data(1, true, true, Buffer.from('ab'));
  const two = data(1, false, true, Buffer.alloc(0));
  const pdu = Buffer.concat([
    Buffer.from([4, 0, 0, 0, 0, one.length + two.length - 12]),
    one.subarray(6),
    two.subarray(6),
  ]);
  expect(read(pdu)).toEqual([
    { kind: 'data', contextId: 1, isCommand: true, isLast: true, bytes: Buffer.from('ab') },
    { kind: 'data', contextId: 1, isCommand: false, isLast: true, bytes: Buffer.alloc(0) },
  ]);
});

test('the same bytes give the same events however they are cut', () => {
  const bytes = Buffer.concat([
    encodeAssociateRequest(request),
    data(1, true, true, Buffer.from('command!')),
    data(255, false, false, Buffer.alloc(1_000, 7)),
    data(255, false, true, Buffer.alloc(3, 8)),
    encodeReleaseRequest(),
  ]);
  const whole = joined(read(bytes));
  fc.assert(
    fc.property(fc.array(fc.nat(bytes.length)), (cuts) => {
      expect(joined(read(bytes, cuts))).toEqual(whole);
    }),
    { seed, numRuns: 200 },
  );
  expect(joined(read(bytes, [...bytes.keys()]))).toEqual(whole);
});

test('random bytes are read or refused with ProtocolError, nothing else', () => {
  const start = fc.constantFrom(Buffer.alloc(0), ...[1, 2, 3, 4, 5, 7].map((type) => Buffer.from([type, 0, 0, 0, 0])));
  const anything = fc.tuple(start, fc.uint8Array({ maxLength: 400 }));
  fc.assert(
    fc.property(anything, ([head, tail]) => readOrRefuse(Buffer.concat([head, tail]))),
    { seed, numRuns: 3_000 },
  );
});

test('a damaged association request is read or refused with ProtocolError, nothing else', () => {
  const bytes = encodeAssociateRequest(request);
  const damage = fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(damage, (changes) => {
      const damaged = Buffer.from(bytes);
      for (const [at, value] of changes) damaged[at] = value;
      readOrRefuse(damaged);
    }),
    { seed, numRuns: 3_000 },
  );
});

test.each([
  ['an unknown type', '470045540000', 'PDU type 0x47 is not known'],
  ['a P-DATA-TF above the limit', '0400ffffffff', 'P-DATA-TF of 4294967295 bytes is longer than 4096'],
  ['a P-DATA-TF without a PDV', '040000000000', 'P-DATA-TF of 0 bytes holds no PDV'],
  ['an A-ASSOCIATE above the limit', '0100ffffffff', 'A-ASSOCIATE of 4294967295 bytes is longer than 65536'],
  ['an A-ASSOCIATE that is too short', '01000000000100', 'A-ASSOCIATE of 1 bytes is too short'],
  ['an A-ABORT of the wrong size', '070000000005', 'PDU type 7 is 5 bytes, expected 4'],
  [
    'a PDV longer than its PDU',
    '040000000008000000ff0103',
    'PDV length 255 does not fit into its PDU, which has 2 bytes left',
  ],
  [
    'a PDV shorter than its header',
    '040000000008000000010103',
    'PDV length 1 does not fit into its PDU, which has 2 bytes left',
  ],
  ['bytes after the last PDV', '040000000007000000020103', '1 bytes are left over after the last PDV'],
])('%s is refused by name', (_name, hex, message) => {
  expect(() => read(Buffer.from(hex, 'hex'))).toThrow(expect.objectContaining({ name: 'ProtocolError', message }));
});

function readOrRefuse(bytes: Buffer): void {
  try {
    read(bytes);
  } catch (error) {
    expect(error).toBeInstanceOf(ProtocolError);
  }
}
