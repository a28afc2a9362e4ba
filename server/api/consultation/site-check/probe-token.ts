import { HubError } from '@lianzhen/contracts/errors.ts';
import { jwtVerify, SignJWT } from 'jose';
import type { Deps } from '../../deps.ts';

/** Where a media node answers probes, on the server of its rooms' sockets. */
export const probePath = '/probe';

type Signing = Pick<Deps, 'config' | 'clock'>;
const keyOf = ({ config }: Signing) => new TextEncoder().encode(config.JOIN_TOKEN_KEY);
const names = { issuer: 'lianzhen', audience: 'probe' };
const lastsSeconds = 30;

/** With this the http role asks a media node for a probe; it opens no room. */
export async function signProbeToken(deps: Signing): Promise<string> {
  const now = Math.floor(deps.clock.now().getTime() / 1000);
  return new SignJWT({})
    .setProtectedHeader({ alg: 'HS256' })
    .setIssuer(names.issuer)
    .setAudience(names.audience)
    .setIssuedAt(now)
    .setExpirationTime(now + lastsSeconds)
    .sign(keyOf(deps));
}

/** @throws HubError `unauthenticated` */
export async function verifyProbeToken(deps: Signing, token: string): Promise<void> {
  await jwtVerify(token, keyOf(deps), {
    ...names,
    algorithms: ['HS256'],
    requiredClaims: ['exp'],
    currentDate: deps.clock.now(),
  }).catch((cause: unknown) => {
    throw new HubError('unauthenticated', { expected: 'a token for probes' }, { cause });
  });
}
