import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { createWorker } from 'mediasoup';
import { expect, test } from 'vitest';
import { codecs } from '../../server/api/consultation/media/media-worker.ts';
import { pulse } from '../../server/api/consultation/media/stills.ts';
import { withDatabase } from '../factories/database.ts';
import { mediaWorkerBin } from '../factories/probe-node.ts';
import { withRedis } from '../factories/redis.ts';
import { withRoomNode } from '../factories/room-node.ts';
import { openTransports, rtpOf, startSending } from '../factories/room-streams.ts';

const database = withDatabase();
const redis = withRedis();
const node = withRoomNode(database, redis, { settings: { HUB_MEDIA_CONSUMERS: 1 } });

test('a room that outgrows a worker goes on to another one, and loses with either only what is on it', async () => {
  const consultationId = randomUUID();
  const people = [];
  for (let n = 0; n < 4; n++) people.push(await node.sit({ consultationId, role: 'expert', name: `${n}` }));
  const [speaker, second, third, fourth] = people;
  if (!speaker || !second || !third || !fourth) throw new Error('four people');
  const { send } = await openTransports(speaker);
  const { producerId } = await startSending(speaker, send.id);
  for (const one of [second, third, fourth]) {
    await openTransports(one);
    await expect.poll(() => one.all('newConsumer')).toMatchObject([{ producerId, kind: 'audio' }]);
  }
  const loads = node.node.workers();
  expect(loads.map(({ consumers }) => consumers).sort()).toEqual([1, 2]);
  await speaker.ask('pauseProducer', { producerId, isPaused: true });
  for (const one of [second, third, fourth])
    await expect.poll(() => one.all('consumerPaused')).toMatchObject([{ isPaused: true, by: 'sender' }]);

  const first = loads.find(({ producers }) => producers > 0);
  if (!first) throw new Error('nobody sends');
  process.kill(first.pid, 'SIGKILL');
  for (const one of [speaker, second])
    await expect.poll(() => one.all('closed')).toMatchObject([{ reason: 'media-lost' }]);
  for (const one of [third, fourth]) await expect.poll(() => one.all('consumerClosed')).toHaveLength(1);
  const { seatId } = speaker.claims;
  const again = await node.sit({ consultationId, role: 'expert', seatId, resumeSecret: speaker.joined?.resumeSecret });
  const sends = await openTransports(again);
  await startSending(again, sends.send.id);
  for (const one of [third, fourth]) await expect.poll(() => one.all('newConsumer')).toHaveLength(2);
  expect([...third.all('closed'), ...fourth.all('closed')]).toEqual([]);
});

/** A VP8 payload (RFC 7741): the first byte of the frame's own header has the P bit, 0 in a key frame. */
const vp8 = (isKey: boolean) => Buffer.from([0x10, isKey ? 0x10 : 0x11, 0, 0, 0x9d, 0x01, 0x2a, 16, 0, 16, 0]);
function rtpPacket(ssrc: number, seq: number, timestamp: number, isKey: boolean): Buffer {
  const header = Buffer.alloc(12);
  header.writeUInt8(0x80, 0);
  header.writeUInt8(0x80 | 96, 1);
  header.writeUInt16BE(seq & 0xffff, 2);
  header.writeUInt32BE(timestamp, 4);
  header.writeUInt32BE(ssrc, 8);
  return Buffer.concat([header, vp8(isKey)]);
}

test('a still is one key frame and what comes right after it, then nothing until the next one', async () => {
  const worker = await createWorker({ workerBin: mediaWorkerBin(), logLevel: 'error' });
  try {
    const router = await worker.createRouter({ mediaCodecs: codecs });
    const transport = await router.createDirectTransport();
    const rtp = rtpOf('video');
    const ssrc = rtp.encodings[0]?.ssrc ?? 0;
    const producer = await transport.produce({ kind: 'video', rtpParameters: { ...rtp, encodings: [{ ssrc }] } });
    let wantsKey = true;
    transport.on('rtcp', (packet) => {
      // Payload-specific feedback (PT 206, RFC 4585): the receiver asks for a key frame.
      if (packet[1] === 206) wantsKey = true;
    });
    let seq = 0;
    const camera = setInterval(() => {
      seq += 1;
      producer.send(rtpPacket(ssrc, seq, seq * 3000, wantsKey));
      wantsKey = false;
    }, 33);
    const consumer = await transport.consume({
      producerId: producer.id,
      rtpCapabilities: router.rtpCapabilities,
      paused: true,
    });
    const came: number[] = [];
    consumer.on('rtp', () => came.push(Date.now()));
    await wait(200);
    expect(came).toEqual([]);
    const stop = pulse(consumer, (err) => expect.unreachable(String(err)));
    await expect.poll(() => consumer.paused === true && came.length > 0).toBe(true);
    const first = came.length;
    expect(first).toBeLessThan(60);
    await wait(1000);
    expect(came.length).toBe(first);
    await expect.poll(() => came.length).toBeGreaterThan(first);
    stop();
    clearInterval(camera);
  } finally {
    worker.close();
  }
});
