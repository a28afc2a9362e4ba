import type { NodeProbe } from '@lianzhen/contracts/site-check.ts';
import { expect, test } from 'vitest';
import { answerOf, fingerprintOf } from './probe-answer.ts';

const probe: NodeProbe = {
  iceParameters: { usernameFragment: 'ufrag', password: 'secret' },
  iceCandidates: [
    { foundation: 'u', priority: 10, address: '192.0.2.1', protocol: 'udp', port: 44444, type: 'host' },
    {
      foundation: 't',
      priority: 9,
      address: '192.0.2.1',
      protocol: 'tcp',
      port: 44444,
      type: 'host',
      tcpType: 'passive',
    },
  ],
  dtlsFingerprint: { algorithm: 'sha-256', value: 'AA:BB' },
  sctp: { port: 5000, maxMessageSize: 1400 },
  streamId: 0,
  endsInMs: 20_000,
};

test('the answer names every candidate, and how TCP is opened', () => {
  const lines = answerOf(probe).split('\r\n');
  expect(lines).toContain('a=candidate:u 1 udp 10 192.0.2.1 44444 typ host');
  expect(lines).toContain('a=candidate:t 1 tcp 9 192.0.2.1 44444 typ host tcptype passive');
  expect(lines).toContain('a=setup:passive');
  expect(lines.at(-1)).toBe('');
});

test('the fingerprint is read from an offer, whatever ends its lines', () => {
  expect(fingerprintOf('v=0\r\na=fingerprint:SHA-256 12:AB\r\n')).toEqual({ algorithm: 'sha-256', value: '12:AB' });
  expect(fingerprintOf('v=0\na=fingerprint:sha-256 12:AB\n')).toEqual({ algorithm: 'sha-256', value: '12:AB' });
  expect(() => fingerprintOf('v=0')).toThrow('fingerprint');
});
