import { fileMeta } from '@lianzhen/dicom/file-meta.ts';
import { explicitLittleEndian, sopClass } from '@lianzhen/dicom/sop-classes.ts';
import { beforeAll, describe, expect, test } from 'vitest';
import { openIntake } from '../../server/api/imaging/intake.ts';
import { receiveInstance } from '../../server/api/imaging/receive-instance.ts';
import { machineOf } from '../factories/callers.ts';
import { withDatabase } from '../factories/database.ts';
import { forged, type SyntheticInstance, syntheticStudy } from '../factories/dicom.ts';
import { withImagingEdge } from '../factories/imaging-edge.ts';
import { givenIn, type Region } from '../factories/region.ts';

const database = withDatabase();
const edge = withImagingEdge(database);
const given = givenIn(database);
let region: Region;
beforeAll(async () => {
  region = await given.region();
});
const sender = () => machineOf(region.township, ['studies:send']);
let seed = 100;
const study = (instances = 3, more = {}) => syntheticStudy({ modality: 'CT', instances, seed: ++seed, ...more });
const bytesOf = (instances: ReturnType<typeof study>) => instances.map(({ bytes }) => bytes);
const uidsOf = (instances: ReturnType<typeof study>) => instances.map(({ sopInstanceUid }) => sopInstanceUid);
const stored = (uids: string[]) => database.db.instance.findMany({ where: { sopInstanceUid: { in: uids } } });
const items = (uids: string[]) => database.db.quarantineItem.findMany({ where: { sopInstanceUid: { in: uids } } });

describe('the same again', () => {
  test('is a success and doubles nothing', async () => {
    const sent = study();
    const first = await edge.stow(sender(), bytesOf(sent));
    const second = await edge.stow(sender(), bytesOf(sent));
    expect([first.status, second.status]).toEqual([200, 200]);
    expect(second.json['00081199']?.Value).toHaveLength(3);
    const rows = await stored(uidsOf(sent));
    expect(rows).toHaveLength(3);
    for (const { bytes, sopInstanceUid } of sent) {
      const row = rows.find((one) => one.sopInstanceUid === sopInstanceUid);
      expect((await edge.blobs.read(row?.blob ?? '')).equals(bytes)).toBe(true);
    }
  });

  test('twice in one upload, and from many senders at once, is stored once', async () => {
    const sent = study(4);
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => edge.stow(sender(), [...bytesOf(sent), ...bytesOf(sent).reverse()])),
    );
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
    expect(await stored(uidsOf(sent))).toHaveLength(4);
    expect(await items(uidsOf(sent))).toEqual([]);
  });

  test('through the other door, in another wrapping, is the same instance', async () => {
    const [one] = study(1);
    if (!one) throw new Error('no instance');
    await edge.stow(sender(), [one.bytes]);
    const uids = { sopClassUid: sopClass.ct, sopInstanceUid: one.sopInstanceUid };
    const ours = fileMeta({ ...uids, transferSyntaxUid: explicitLittleEndian });
    const wrapped = fileMeta({ ...uids, transferSyntaxUid: explicitLittleEndian }, { sourceAeTitle: 'GATEWAY' });
    const again = Buffer.concat([wrapped, one.bytes.subarray(ours.length)]);
    expect(again.equals(one.bytes)).toBe(false);
    expect((await edge.stow(sender(), [again])).status).toBe(200);
    expect(await items([one.sopInstanceUid])).toEqual([]);
  });
});

test('bytes that the disk lost are taken again from whoever still has them', async () => {
  // Large enough for a file of its own, which can be taken away.
  const [one] = study(1, { rows: 800, columns: 800 });
  if (!one) throw new Error('no instance');
  await edge.stow(sender(), [one.bytes]);
  const [before] = await stored([one.sopInstanceUid]);
  await edge.blobs.remove(before?.blob ?? '');
  expect((await edge.stow(sender(), [one.bytes])).status).toBe(200);
  const [after] = await stored([one.sopInstanceUid]);
  expect((await edge.blobs.read(after?.blob ?? '')).equals(one.bytes)).toBe(true);
});

describe('the same UID with other bytes', () => {
  test('is refused, quarantined once, and the first stays', async () => {
    const [one] = study(1);
    if (!one) throw new Error('no instance');
    await edge.stow(sender(), [one.bytes]);
    const answers = [await edge.stow(sender(), [forged(one.bytes)]), await edge.stow(sender(), [forged(one.bytes)])];
    for (const { status, json, warning } of answers) {
      expect(status).toBe(409);
      expect(json['00081198']?.Value?.[0]?.['00081197']?.Value).toEqual([0x0111]);
      expect(warning).toContain('299 lianzhen');
    }
    const [row] = await stored([one.sopInstanceUid]);
    expect((await edge.blobs.read(row?.blob ?? '')).equals(one.bytes)).toBe(true);
    const [item, ...more] = await items([one.sopInstanceUid]);
    expect(more).toEqual([]);
    expect(item).toMatchObject({ kind: 'same-uid-other-bytes', state: 'open', facilityId: region.township.id });
    expect((await edge.blobs.read(item?.blob ?? '')).equals(forged(one.bytes))).toBe(true);
  });
});

describe('a study of another facility', () => {
  test('takes nothing from a stranger: not a new instance, not the same one', async () => {
    const sent = study(3);
    const studyInstanceUid =
      (await edge.stow(sender(), bytesOf(sent).slice(0, 2))) && (await stored(uidsOf(sent)))[0]?.studyInstanceUid;
    const stranger = machineOf(region.stranger, ['studies:send']);
    const { status, json } = await edge.stow(stranger, bytesOf(sent));
    expect(status).toBe(409);
    expect(json['00081198']?.Value?.map((item) => item['00081197']?.Value?.[0])).toEqual([0x0124, 0x0124, 0x0124]);
    expect(await database.db.instance.count({ where: { studyInstanceUid } })).toBe(2);
    // One question for the study, however many instances of it are sent.
    expect(await items(uidsOf(sent))).toMatchObject([{ kind: 'foreign-study', facilityId: region.stranger.id }]);
  });

  test('belongs to whoever was first, and only to him, when both send at once', async () => {
    for (let round = 0; round < 5; round++) {
      const sent = study(2);
      const both = [sender(), machineOf(region.stranger, ['studies:send'])];
      const answers = await Promise.all(both.map((actor, at) => edge.stow(actor, [bytesOf(sent)[at] as Buffer])));
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
      expect(await stored(uidsOf(sent))).toHaveLength(1);
    }
  });
});

describe('a bad part', () => {
  test('fails alone, with its reason', async () => {
    const sent = study(2);
    const truncated = (bytesOf(study(1))[0] as Buffer).subarray(0, 300);
    const files = [bytesOf(sent)[0] as Buffer, Buffer.from('not DICOM at all'), truncated, bytesOf(sent)[1] as Buffer];
    const { status, json, warning } = await edge.stow(sender(), files);
    expect(status).toBe(202);
    expect(json['00081199']?.Value).toHaveLength(2);
    expect(json['00081198']?.Value?.map((item) => item['00081197']?.Value?.[0])).toEqual([0xc000, 0xc000]);
    expect(warning).toBeTruthy();
    expect(await stored(uidsOf(sent))).toHaveLength(2);
  });

  test('of another study than the path says is refused', async () => {
    const [one] = study(1);
    const { status, json } = await edge.stow(sender(), [one?.bytes as Buffer], '/studies/1.2.3.4');
    expect(status).toBe(409);
    expect(json['00081198']?.Value?.[0]?.['00081197']?.Value).toEqual([0xa900]);
    expect(json['00081198']?.Value?.[0]?.['00081155']?.Value).toEqual([one?.sopInstanceUid]);
    expect(await stored([one?.sopInstanceUid ?? ''])).toEqual([]);
  });

  test('of a kind that is not stored here is named', async () => {
    const [good, other] = study(2) as [SyntheticInstance, SyntheticInstance];
    const [ct, never] = ['1.2.840.10008.5.1.4.1.1.2\0', '1.2.840.10008.5.1.4.1.1.9\0'];
    const foreign = Buffer.from(other.bytes.toString('latin1').replaceAll(ct, never), 'latin1');
    const { status, json } = await edge.stow(sender(), [good.bytes, foreign]);
    expect(status).toBe(202);
    expect(json['00081198']?.Value).toEqual([
      {
        '00081150': { vr: 'UI', Value: ['1.2.840.10008.5.1.4.1.1.9'] },
        '00081155': { vr: 'UI', Value: [other.sopInstanceUid] },
        '00081197': { vr: 'US', Value: [0x0122] },
      },
    ]);
  });
});

describe('an upload that is no upload', () => {
  const post = async (contentType: string | undefined, body: string | Buffer) => {
    const headers = { ...(contentType ? { 'content-type': contentType } : {}), accept: 'application/dicom+json' };
    const bytes = new Uint8Array(Buffer.from(body));
    const response = await edge.fetchAs(sender(), '/studies', { method: 'POST', headers, body: bytes });
    return { status: response.status, text: await response.text() };
  };
  const multipart = 'multipart/related; type="application/dicom"; boundary=b';

  test.each([
    ['multipart/related; type="application/dicom"', '--b\r\n\r\nx\r\n--b--', 400],
    [`multipart/related; type="application/dicom"; boundary="${'x'.repeat(71)}"`, 'x', 400],
    [multipart, 'no delimiter anywhere', 400],
    [multipart, '', 400],
    [multipart, '--b--', 400],
    [multipart, '--b\r\nnonsense\r\n\r\nx\r\n--b--', 400],
    [multipart, `--b\r\nA: ${'x'.repeat(20_000)}\r\n\r\nx\r\n--b--`, 413],
    ['multipart/related; type="application/dicom+json"; boundary=b', '--b--', 415],
    ['multipart/form-data; boundary=b', '--b--', 415],
    ['application/json', '{}', 415],
    [undefined, 'x', 415],
  ])('%s with %j is refused with %i', async (contentType, body, status) => {
    expect((await post(contentType, body)).status).toBe(status);
  });

  test('of many kinds of noise never ends in an error of ours', async () => {
    const [one] = study(1);
    const good = one?.bytes ?? Buffer.alloc(0);
    for (const cut of [1, 40, 131, 132, 200, 400, 700, good.length - 1]) {
      const body = Buffer.concat([Buffer.from('--b\r\n\r\n'), good.subarray(0, cut), Buffer.from('\r\n--b--')]);
      const { status, text } = await post(multipart, body);
      expect([200, 409], text).toContain(status);
    }
  });

  test('breaks off: what was whole before is stored, and the rest is told', async () => {
    const [one, two] = study(2);
    const head = Buffer.from('--b\r\nContent-Type: application/dicom\r\n\r\n');
    const body = Buffer.concat([
      head,
      one?.bytes ?? head,
      Buffer.from('\r\n'),
      head,
      (two?.bytes ?? head).subarray(0, 3000),
    ]);
    const { status, text } = await post(multipart, body);
    expect(status).toBe(202);
    const json = JSON.parse(text);
    expect(json['00081199'].Value).toHaveLength(1);
    expect(json['00081198'].Value).toHaveLength(1);
    expect(await stored([one?.sopInstanceUid ?? '', two?.sopInstanceUid ?? ''])).toHaveLength(1);
  });

  test('that is one bare instance is taken, and a part of another type is not', async () => {
    const [one, two] = study(2);
    expect((await post('application/dicom', one?.bytes ?? '')).status).toBe(200);
    const part = Buffer.from('--b\r\nContent-Type: text/plain\r\n\r\n');
    const other = Buffer.concat([part, two?.bytes ?? part, Buffer.from('\r\n--b--')]);
    expect((await post(multipart, other)).status).toBe(409);
    expect(await stored([one?.sopInstanceUid ?? '', two?.sopInstanceUid ?? ''])).toHaveLength(1);
  });
});

describe('one instance as C-STORE brings it', () => {
  const receive = (body: AsyncIterable<Buffer>, sopInstanceUid: string) => {
    const declared = { dataset: { transferSyntaxUid: explicitLittleEndian }, sopClassUid: sopClass.ct, sopInstanceUid };
    const source = { facilityId: region.township.id, deviceId: null, door: 'c-store' as const };
    return receiveInstance(openIntake({ ...edge.deps() }), source, body, declared);
  };
  async function* dribble(bytes: Buffer, size: number) {
    for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
  }
  const datasetOf = ({ bytes, sopInstanceUid }: { bytes: Buffer; sopInstanceUid: string }) =>
    bytes.subarray(
      fileMeta({ sopClassUid: sopClass.ct, sopInstanceUid, transferSyntaxUid: explicitLittleEndian }).length,
    );

  test('becomes a whole file, however it was cut', async () => {
    const [one] = study(1);
    if (!one) throw new Error('no instance');
    expect(await receive(dribble(datasetOf(one), 7), one.sopInstanceUid)).toMatchObject({ outcome: 'stored' });
    const [row] = await stored([one.sopInstanceUid]);
    expect((await edge.blobs.read(row?.blob ?? '')).equals(one.bytes)).toBe(true);
  });

  test('that says another UID than the command leaves nothing', async () => {
    const [one] = study(1);
    if (!one) throw new Error('no instance');
    const before = await database.db.instance.count();
    await expect(receive(dribble(datasetOf(one), 4096), '1.2.3')).rejects.toMatchObject({ code: 'dicom-invalid' });
    expect(await database.db.instance.count()).toBe(before);
  });

  test('whose sender is lost in the middle leaves nothing', async () => {
    const [one] = study(1);
    if (!one) throw new Error('no instance');
    async function* lost() {
      yield datasetOf(one as NonNullable<typeof one>).subarray(0, 6000);
      throw new Error('connection lost');
    }
    await expect(receive(lost(), one.sopInstanceUid)).rejects.toThrow('connection lost');
    expect(await stored([one.sopInstanceUid])).toEqual([]);
  });
});

test('many small instances at once are all stored, each once, with one job for their study', async () => {
  const sent = study(300, { rows: 8, columns: 8 });
  const { status } = await edge.stow(sender(), bytesOf(sent));
  expect(status).toBe(200);
  const rows = await stored(uidsOf(sent));
  expect(rows).toHaveLength(300);
  const key = `index-${rows[0]?.studyInstanceUid}`;
  expect(await database.db.outbox.count({ where: { key } })).toBe(1);
});

test('every reception is on record with its counts', async () => {
  const sent = study(2);
  await edge.stow(sender(), bytesOf(sent));
  const [entry] = await database.db.auditEntry.findMany({
    where: { action: 'imaging.instancesReceived', chain: region.township.id },
    orderBy: { position: 'desc' },
    take: 1,
  });
  expect(entry?.detail).toMatchObject({ stored: 2, duplicate: 0, refused: 0, studyCount: 1 });
});
