import type { Config } from '@lianzhen/platform/config.ts';
import type { Request } from 'express';

/** Where this DICOMweb service is for the caller: the public address, else the one he used. No slash at the end. */
export function baseOf({ HUB_PUBLIC_URL }: Pick<Config, 'HUB_PUBLIC_URL'>, req: Request): string {
  const origin = HUB_PUBLIC_URL
    ? new URL(HUB_PUBLIC_URL).origin
    : `${req.protocol}://${req.get('host') ?? 'localhost'}`;
  return `${origin}${req.baseUrl}`;
}
