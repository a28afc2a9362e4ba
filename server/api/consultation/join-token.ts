import { HubError } from '@lianzhen/contracts/errors.ts';
import { JoinClaims } from '@lianzhen/contracts/room-signals.ts';
import { errors, jwtVerify, SignJWT } from 'jose';
import type { Deps } from '../deps.ts';

/** How long a token opens the door. Whoever is in stays in: his seat's secret renews it. */
export const joinTokenSeconds = 120;
/** An expired token still says who somebody was, to whom holds the secret of a seat that is kept for him. */
const renewableSeconds = 12 * 3600;
const leewaySeconds = 5;
const issuer = 'lianzhen';
const audience = 'room';

type Signing = Pick<Deps, 'config' | 'clock'>;
const keyOf = ({ config }: Signing) => new TextEncoder().encode(config.JOIN_TOKEN_KEY);

/** The token (JWT, HS256, RFC 7519) with which one seat enters one room on one media node within two minutes. */
export async function signJoinToken(deps: Signing, claims: JoinClaims): Promise<string> {
  const now = Math.floor(deps.clock.now().getTime() / 1000);
  return new SignJWT({ ...JoinClaims.parse(claims) })
    .setProtectedHeader({ alg: 'HS256' })
    .setIssuer(issuer)
    .setAudience(audience)
    .setIssuedAt(now)
    .setExpirationTime(now + joinTokenSeconds)
    .setJti(crypto.randomUUID())
    .sign(keyOf(deps));
}

export interface VerifiedToken {
  claims: JoinClaims;
  issuedAt: Date;
  /** Past its time: good only together with the secret of a seat that is kept. */
  isExpired: boolean;
}

/** @throws `unauthenticated` for what was not signed here, is for something else, or is older than a session lasts */
export async function verifyJoinToken(deps: Signing, token: string): Promise<VerifiedToken> {
  const now = deps.clock.now();
  const options = { algorithms: ['HS256'], issuer, audience, requiredClaims: ['exp', 'iat', 'jti'] };
  const { payload } = await jwtVerify(token, keyOf(deps), {
    ...options,
    clockTolerance: renewableSeconds,
    currentDate: now,
  }).catch((cause: unknown) => {
    throw new HubError(
      'unauthenticated',
      { reason: cause instanceof errors.JWTExpired ? 'token-expired' : 'token-not-valid' },
      { cause },
    );
  });
  const claims = JoinClaims.safeParse(payload);
  if (!claims.success) throw new HubError('unauthenticated', { reason: 'token-not-valid' });
  const { exp = 0, iat = 0 } = payload;
  if (iat * 1000 > now.getTime() + leewaySeconds * 1000)
    throw new HubError('unauthenticated', { reason: 'token-not-valid' });
  return {
    claims: claims.data,
    issuedAt: new Date(iat * 1000),
    isExpired: now.getTime() > (exp + leewaySeconds) * 1000,
  };
}
