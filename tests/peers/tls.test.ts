import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ConnectionOptions, connect, type TLSSocket } from 'node:tls';
import { Lifecycle } from '@lianzhen/platform/lifecycle.ts';
import { createLog } from '@lianzhen/platform/log.ts';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { freePort } from '../../docker/local/ports.mjs';
import { startDimse } from '../../server/api/imaging/start-dimse.ts';
import { startMllp } from '../../server/api/orders/start-mllp.ts';
import { authorityIn } from '../factories/certificates.ts';
import { withDatabase } from '../factories/database.ts';
import { hl7Order } from '../factories/hl7-orders.ts';
import { withImagingEdge } from '../factories/imaging-edge.ts';
import { imagesFor } from '../factories/imaging-order.ts';
import { givenIn, type Region } from '../factories/region.ts';
import { fieldsOf } from '../sims/hl7-sender.ts';
import { frameOf, framesIn } from '../sims/mllp-frames.ts';
import { missingTools, run, temporaryFolder } from './dimse-tools.ts';

const missing = missingTools('openssl', 'storescu', 'echoscu');

describe.skipIf(missing.length > 0)('the doors of machines and systems over TLS', () => {
  const database = withDatabase();
  const edge = withImagingEdge(database);
  const given = givenIn(database);
  const life = new Lifecycle(createLog('test', 'silent'));
  const folder = mkdtempSync(join(tmpdir(), 'tls-'));
  const certificates = authorityIn(folder);
  const server = certificates.issue('hub');
  const machine = certificates.issue('machine');
  const stranger = authorityIn(folder, 'strangers').issue('machine');
  let region: Region;
  let ports: { dimse: number; mllp: number; open: number; plain: number; closed: number };
  beforeAll(async () => {
    region = await given.region();
    await database.db.device.create({ data: { facilityId: region.township.id, aeTitle: 'TOWN_DR', name: 'DR' } });
    const names = { application: 'HIS', sendingFacility: region.township.code };
    await database.db.hl7Sender.create({
      data: { ...names, facilityId: region.township.id, addresses: ['127.0.0.0/8'] },
    });
    const [dimse, mllp, open, plain, closed] = await Promise.all([1, 2, 3, 4, 5].map(() => freePort()));
    ports = { dimse, mllp, open, plain, closed } as typeof ports;
    const { config, ...deps } = edge.deps();
    const tls = { HUB_TLS_KEY_FILE: server.key, HUB_TLS_CERT_FILE: server.cert, HUB_TLS_CA_FILE: certificates.ca };
    const strict = { ...config, ...tls, HUB_PLAIN_PORTS: false, HUB_DIMSE_PORT: ports.closed, HUB_SETTLE_MS: 0 };
    const only = { ...strict, HUB_DIMSE_TLS_PORT: ports.dimse, HUB_MLLP_TLS_PORT: ports.mllp };
    const rest = { ...deps, redis: undefined as never };
    await startDimse({ ...rest, config: only }, life);
    await startMllp({ ...rest, config: only }, life);
    const both = { HUB_PLAIN_PORTS: true, HUB_TLS_CLIENT_CERTS: 'none' as const, HUB_DIMSE_PORT: ports.plain };
    await startDimse({ ...rest, config: { ...strict, ...both, HUB_DIMSE_TLS_PORT: ports.open } }, life);
  });
  afterAll(async () => {
    await life.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const to = (port: number) => ['-aet', 'TOWN_DR', '-aec', 'LIANZHEN', '127.0.0.1', String(port)];
  const trust = ['+cf', certificates.ca];
  const as = ({ key, cert }: typeof machine) => ['+tls', key, cert, ...trust];

  test('storescu with a certificate of the authority stores; with another’s, with none or without TLS it does not', async () => {
    const images = imagesFor('A-1', { instances: 2 });
    const place = join(await temporaryFolder(), 'images');
    mkdirSync(place);
    for (const [at, { bytes }] of images.entries()) writeFileSync(join(place, `${at}.dcm`), bytes);
    expect(await run('storescu', [...as(machine), '+sd', ...to(ports.dimse), place])).toMatchObject({ code: 0 });
    const uids = images.map(({ sopInstanceUid }) => sopInstanceUid);
    expect(await database.db.instance.count({ where: { sopInstanceUid: { in: uids } } })).toBe(2);
    for (const how of [as(stranger), ['+tla', ...trust], []])
      expect((await run('echoscu', [...how, ...to(ports.dimse)])).code).not.toBe(0);
    expect((await run('echoscu', to(ports.closed))).code).not.toBe(0);
    const refused = () => database.db.auditEntry.count({ where: { action: 'imaging.associationRefused' } });
    await expect.poll(refused).toBeGreaterThan(0);
  });

  test('who need not show a certificate is known by its title, and the plain port stays where it is wanted', async () => {
    expect(await run('echoscu', ['+tla', ...trust, ...to(ports.open)])).toMatchObject({ code: 0 });
    expect(await run('echoscu', to(ports.plain))).toMatchObject({ code: 0 });
    const nobody = ['-aet', 'NOBODY', '-aec', 'LIANZHEN', '127.0.0.1', String(ports.open)];
    expect((await run('echoscu', ['+tla', ...trust, ...nobody])).code).not.toBe(0);
  });

  async function dial(how: ConnectionOptions): Promise<TLSSocket> {
    const socket = connect({ host: '127.0.0.1', port: ports.mllp, servername: 'localhost', ...how });
    onTestFinished(() => void socket.destroy());
    socket.on('error', () => undefined);
    await once(socket, 'secureConnect');
    return socket;
  }
  const trusting = { ca: readFileSync(certificates.ca) };
  const own = ({ key, cert }: typeof machine) => ({ key: readFileSync(key), cert: readFileSync(cert) });

  test('an order over MLLP over TLS is taken, from whom the authority knows', async () => {
    const { value } = await database.db.patientIdentifier.findFirstOrThrow({ where: { patientId: region.patient.id } });
    const socket = await dial({ ...trusting, ...own(machine) });
    expect(socket.getProtocol()).toMatch(/^TLSv1\.[23]$/);
    let heard: Buffer = Buffer.alloc(0);
    const answered = new Promise<string>((resolve) =>
      socket.on('data', (bytes) => {
        heard = Buffer.concat([heard, bytes]);
        const [answer] = framesIn(heard).frames;
        if (answer) resolve(answer.toString());
      }),
    );
    socket.write(frameOf(hl7Order(region, value, { placer: 'TLS-1' })));
    expect(fieldsOf(await answered, 'MSA')[0]?.[1]).toBe('AA');
    expect(await database.db.order.count({ where: { placerNumber: 'TLS-1' } })).toBe(1);
  });

  test('others are turned away at the handshake, and that is on record', async () => {
    for (const how of [trusting, { ...trusting, ...own(stranger) }]) {
      const socket = connect({ host: '127.0.0.1', port: ports.mllp, servername: 'localhost', ...how });
      onTestFinished(() => void socket.destroy());
      socket.on('error', () => undefined);
      const closed = new Promise<string>((resolve) => socket.once('close', () => resolve('closed')));
      const answered = new Promise<string>((resolve) => socket.once('data', () => resolve('answered')));
      // In TLS 1.3 the client is told of the refusal with the first bytes that it reads.
      socket.once('secureConnect', () => socket.write(frameOf('MSH|')));
      expect(await Promise.race([closed, answered])).toBe('closed');
    }
    const trail = () =>
      database.db.auditEntry.count({ where: { action: 'orders.senderRefused', reason: 'handshake' } });
    await expect.poll(trail).toBe(2);
  });

  test('nothing below TLS 1.2 is spoken', async () => {
    const old = { ...trusting, ...own(machine), minVersion: 'TLSv1' as const, maxVersion: 'TLSv1.1' as const };
    await expect(dial({ ...old, ciphers: 'DEFAULT@SECLEVEL=0' })).rejects.toThrow();
  });
});
