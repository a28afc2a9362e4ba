import type { NodeProbe } from '@lianzhen/contracts/site-check.ts';

/**
 * The media node's side of the probe as an SDP answer (RFC 8829, data channel only: RFC 8841). There is one m= line, for
 * the one data channel that the page offered.
 */
export function answerOf(probe: NodeProbe): string {
  const { iceParameters, iceCandidates, dtlsFingerprint, sctp } = probe;
  const candidates = iceCandidates.map(({ foundation, priority, address, protocol, port, type, tcpType }) => {
    const tcp = protocol === 'tcp' ? ` tcptype ${tcpType ?? 'passive'}` : '';
    return `a=candidate:${foundation} 1 ${protocol} ${priority} ${address} ${port} typ ${type}${tcp}`;
  });
  const lines = [
    'v=0',
    'o=- 1 1 IN IP4 127.0.0.1',
    's=-',
    't=0 0',
    'a=ice-lite',
    'a=group:BUNDLE 0',
    'm=application 9 UDP/DTLS/SCTP webrtc-datachannel',
    'c=IN IP4 0.0.0.0',
    'a=mid:0',
    `a=ice-ufrag:${iceParameters.usernameFragment}`,
    `a=ice-pwd:${iceParameters.password}`,
    `a=fingerprint:${dtlsFingerprint.algorithm} ${dtlsFingerprint.value}`,
    'a=setup:passive',
    `a=sctp-port:${sctp.port}`,
    `a=max-message-size:${sctp.maxMessageSize}`,
    ...candidates,
    'a=end-of-candidates',
  ];
  return `${lines.join('\r\n')}\r\n`;
}

/** The browser's DTLS fingerprint, out of its own offer. */
export function fingerprintOf(sdp: string): { algorithm: string; value: string } {
  const found = /^a=fingerprint:(\S+) (\S+)\r?$/m.exec(sdp);
  if (!found?.[1] || !found[2]) throw new Error('the offer has no DTLS fingerprint');
  return { algorithm: found[1].toLowerCase(), value: found[2] };
}
