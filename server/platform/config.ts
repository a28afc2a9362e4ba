import { availableParallelism } from 'node:os';
import { z } from 'zod';
import { type HostEntry, parseHostEntry } from './host-list.ts';
import { tlsLacks, tlsSettings } from './tls-settings.ts';

const port = (preset: number) => z.coerce.number().int().min(0).max(65_535).default(preset);
const flag = z.enum(['0', '1', 'true', 'false']).transform((value) => value === '1' || value === 'true');
const secret = z.string().min(32, 'at least 32 characters');

/** Every setting of every role. No secret has a preset: a process without them says so and stops. */
const Settings = z.object({
  NODE_ENV: z.enum(['production', 'development', 'test']).default('production'),
  DATABASE_URL: z.url(),
  DATABASE_POOL: z.coerce.number().int().min(2).max(200).default(12),
  REDIS_URL: z.url(),
  SESSION_KEY: secret,
  JOIN_TOKEN_KEY: secret,
  HUB_HTTP_PORT: port(8080),
  HUB_HTTP_HOST: z.string().default('0.0.0.0'),
  HUB_DIMSE_PORT: port(11112),
  HUB_DIMSE_AET: z
    .string()
    .regex(/^[\x21-\x7e]{1,16}$/, 'an AE title: 1 to 16 characters')
    .default('LIANZHEN'),
  HUB_MLLP_PORT: port(2575),
  ...tlsSettings,
  HUB_RTC_PORT: port(44444),
  HUB_RTC_ANNOUNCED_ADDRESS: z.string().default('127.0.0.1'),
  MEDIASOUP_WORKER_BIN: z.string().optional(),
  /** This media node among others; rooms are pinned to it by their join tokens. */
  HUB_MEDIA_NODE: z
    .string()
    .regex(/^[a-z0-9-]{1,40}$/, 'small letters, digits and hyphens, 40 at the most')
    .default('node-1'),
  /** Media workers of this node; left out, one for each core. Worker n listens on HUB_RTC_PORT + n. */
  HUB_MEDIA_WORKERS: z.coerce.number().int().min(1).max(64).default(availableParallelism()),
  /** Consumers on one worker before a room goes on to another; 500 is mediasoup's own advice for one core. */
  HUB_MEDIA_CONSUMERS: z.coerce.number().int().min(1).max(10_000).default(500),
  /** Where the rooms' sockets are answered, behind the http role; 0 takes a free port. */
  HUB_MEDIA_HOST: z.string().default('127.0.0.1'),
  HUB_MEDIA_PORT: port(0),
  /** The address under which the http role reaches it; left out, the one that it listens on. */
  HUB_MEDIA_URL: z.url({ protocol: /^http$/ }).optional(),
  /** `stun:`, `turn:` and `turns:` addresses for browsers, separated by commas. */
  HUB_TURN_URLS: z
    .string()
    .default('')
    .transform((text, ctx): string[] => {
      const urls = text.split(/[\s,]+/).filter(Boolean);
      const wrong = urls.filter((url) => !/^(stuns?|turns?):[^\s/]+$/.test(url));
      if (wrong.length > 0)
        ctx.addIssue({ code: 'custom', message: `stun:, turn: or turns: addresses, unlike ${wrong.join(', ')}` });
      return urls;
    }),
  /** The `static-auth-secret` of the TURN server, from which credentials are made that end by themselves. */
  HUB_TURN_SECRET: z.string().min(16, 'at least 16 characters').optional(),
  HUB_DATA_DIR: z.string().default('.hub'),
  HUB_BLOB_DIR: z.string().default('.hub/blobs'),
  S3_ENDPOINT: z.url().optional(),
  S3_BUCKET: z.string().optional(),
  S3_REGION: z.string().default('us-east-1'),
  S3_ACCESS_KEY_ID: z.string().optional(),
  S3_SECRET_ACCESS_KEY: z.string().optional(),
  HUB_WEB_DIR: z.string().optional(),
  HUB_DEMO: flag.default(false),
  /** The address under which people reach the hub; cookies are Secure where it is https. */
  HUB_PUBLIC_URL: z.url().optional(),
  /** How many reverse proxies stand before the hub; 0 trusts no X-Forwarded-For. */
  HUB_TRUSTED_PROXIES: z.coerce.number().int().min(0).max(8).default(0),
  /** A study is complete when nothing came for this long. */
  HUB_SETTLE_MS: z.coerce.number().int().min(100).max(3_600_000).default(4000),
  /** The column `Instance.size` is a 32-bit integer. */
  HUB_MAX_INSTANCE_BYTES: z.coerce.number().int().min(1_048_576).max(2_147_483_647).default(2_147_483_647),
  HUB_LEASE_SECONDS: z.coerce.number().int().min(2).max(3600).default(90),
  HUB_RETRY_BASE_MS: z.coerce.number().int().min(10).max(600_000).default(5000),
  HUB_SWEEP_MS: z.coerce.number().int().min(100).max(600_000).default(5000),
  /** Named secrets of destinations, as JSON. A name begins with the code of the facility that may use it: {"C01-his": "token"}. */
  HUB_DESTINATION_SECRETS: z
    .string()
    .default('{}')
    .transform((text, ctx) => {
      try {
        return z.record(z.string(), z.string()).parse(JSON.parse(text));
      } catch {
        ctx.addIssue({ code: 'custom', message: 'a JSON object of names and secrets' });
        return z.NEVER;
      }
    }),
  /**
   * Where results may be sent: host names, `*.example`, addresses and CIDR ranges, separated by commas. In production
   * nothing else is connected to; addresses of the link and of cloud metadata are not in any case.
   */
  HUB_DESTINATION_HOSTS: z
    .string()
    .default('')
    .transform((text, ctx): HostEntry[] => {
      const parts = text.split(/[\s,]+/).filter(Boolean);
      const wrong = parts.filter((part) => !parseHostEntry(part));
      if (wrong.length > 0)
        ctx.addIssue({ code: 'custom', message: `host names, addresses or CIDR ranges, unlike ${wrong.join(', ')}` });
      return parts.flatMap((part) => parseHostEntry(part) ?? []);
    }),
  /** How long recordings of sessions are kept. Three years at the least (2022 rules on internet diagnosis, process records). */
  HUB_RECORDING_DAYS: z.coerce.number().int().min(1).max(36_500).default(1096),
  /** Makes the playable file of a recording. */
  HUB_FFMPEG: z.string().default('ffmpeg'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
});
export const Config = Settings.refine(
  ({ HUB_TURN_URLS, HUB_TURN_SECRET }) =>
    HUB_TURN_SECRET !== undefined || !HUB_TURN_URLS.some((url) => /^turns?:/.test(url)),
  { path: ['HUB_TURN_SECRET'], message: 'needed with turn: addresses' },
).superRefine((settings, ctx) => {
  for (const { name, why } of tlsLacks(settings)) ctx.addIssue({ code: 'custom', path: [name], message: why });
});
export type Config = z.infer<typeof Config>;

/**
 * Reads the environment once. The only reader of `process.env` in the product.
 * @throws Error with every problem in one message.
 */
export function readConfig(environment: NodeJS.ProcessEnv = process.env): Config {
  // A variable set to nothing is a variable not set: compose files pass those through.
  const present = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const parsed = Config.safeParse(present);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
  throw new Error(`The configuration is not valid:\n${problems.join('\n')}`);
}
