import { oc } from '@orpc/contract';
import { z } from 'zod';
import { Id, Instant, Line, Page, pageOf } from './fields.ts';
import { IceServer } from './room-signals.ts';
import { Measured } from './site-check-measures.ts';
import { SiteFinding } from './site-check-rules.ts';

/** Ways to the media node that are tried one by one, so that a firewall's rule can be told from a dead line. */
export const ProbeRoute = z.enum(['udp', 'tcp', 'turn']);
export type ProbeRoute = z.infer<typeof ProbeRoute>;

/** What a browser tells of its side of a probe: the fields of its offer, without a line of SDP. */
export const StartProbe = z.object({
  route: ProbeRoute,
  dtlsFingerprint: z.object({
    algorithm: z.enum(['sha-1', 'sha-224', 'sha-256', 'sha-384', 'sha-512']),
    // Browsers differ in the case of the letters; the media node compares them as they stand.
    value: z
      .string()
      .toUpperCase()
      .regex(/^([0-9A-F]{2}:){19,63}[0-9A-F]{2}$/, 'pairs of hexadecimal digits'),
  }),
});
export type StartProbe = z.infer<typeof StartProbe>;

const Candidate = z.object({
  foundation: z.string(),
  priority: z.number(),
  address: z.string(),
  protocol: z.enum(['udp', 'tcp']),
  port: z.number().int(),
  type: z.string(),
  tcpType: z.string().optional(),
});
/** What the media node answers. */
export const NodeProbe = z.object({
  iceParameters: z.object({ usernameFragment: z.string(), password: z.string() }),
  iceCandidates: z.array(Candidate),
  dtlsFingerprint: StartProbe.shape.dtlsFingerprint,
  sctp: z.object({ port: z.number().int(), maxMessageSize: z.number().int() }),
  streamId: z.number().int(),
  endsInMs: z.number().int(),
});
export type NodeProbe = z.infer<typeof NodeProbe>;
/** A data channel to a media node that sends every message back; it closes by itself after `endsInMs`. */
export const Probe = NodeProbe.extend({
  /** For `turn`: servers on 443 alone, none where the hub has none. */
  iceServers: z.array(IceServer),
});
export type Probe = z.infer<typeof Probe>;

export const SaveSiteCheck = z.object({
  facilityId: Id,
  /** Which room or machine: a clinic has more than one. */
  place: Line(60),
  measured: Measured,
});
export type SaveSiteCheck = z.infer<typeof SaveSiteCheck>;

export const SiteCheckView = z.object({
  id: Id,
  at: Instant,
  facility: z.object({ id: Id, code: z.string(), name: z.string() }),
  place: z.string(),
  byName: z.string(),
  /** Judged by the hub, from what was measured. */
  verdict: z.enum(['pass', 'warn', 'fail']),
  findings: z.array(SiteFinding),
  measured: Measured,
});
export type SiteCheckView = z.infer<typeof SiteCheckView>;

/** Under the word consultation; apart from the case because it comes before the first one. */
export const siteCheckContract = {
  now: oc.route({ method: 'GET', path: '/site-checks/now' }).output(z.object({ now: Instant })),
  probe: oc.route({ method: 'POST', path: '/site-checks/probe' }).input(StartProbe).output(Probe),
  save: oc
    .route({ method: 'POST', path: '/site-checks', successStatus: 201 })
    .input(SaveSiteCheck)
    .output(SiteCheckView),
  list: oc
    .route({ method: 'GET', path: '/site-checks' })
    .input(Page.extend({ facilityId: Id.optional() }))
    .output(pageOf(SiteCheckView)),
  read: oc
    .route({ method: 'GET', path: '/site-checks/{id}' })
    .input(z.object({ id: Id }))
    .output(SiteCheckView),
};

/** Not JSON, so not in the contract: bytes that do not compress, and a place where bytes end. */
export const bytesPath = '/api/site-checks/bytes';
/** The most bytes of one request, either way. */
export const mostProbeBytes = 8 * 1024 * 1024;
