import { settleStudy } from '@lianzhen/contracts/jobs.ts';
import { beforeAll, describe, expect, test } from 'vitest';
import { handleSettleStudy } from '../../workers/imaging/settle-study.ts';
import { machineOf } from '../factories/callers.ts';
import { withDatabase } from '../factories/database.ts';
import { syntheticStudy } from '../factories/dicom.ts';
import { withImagingEdge } from '../factories/imaging-edge.ts';
import { givenIn, type Region } from '../factories/region.ts';

const database = withDatabase();
const edge = withImagingEdge(database);
const given = givenIn(database);
const second = 1000;
let region: Region;
beforeAll(async () => {
  region = await given.region();
  // Indexing is promised by the database's clock, which this one must not fall behind.
  edge.clock.advance(600 * second);
});
let seed = 900;

/** The images of one study, sent one after the other, each indexed before the next. */
function streamingStudy() {
  const images = syntheticStudy({ modality: 'CT', instances: 3, seed: ++seed });
  const [{ sopInstanceUid } = { sopInstanceUid: '' }] = images;
  const sender = machineOf(region.township, ['studies:send']);
  return {
    async sendNext(): Promise<void> {
      const [next] = images.splice(0, 1);
      if (!next) throw new Error('no image is left');
      await edge.stow(sender, [next.bytes]);
      edge.clock.advance(second);
      await edge.work();
    },
    async row() {
      const { studyInstanceUid } = await database.db.instance.findUniqueOrThrow({ where: { sopInstanceUid } });
      return database.db.study.findUniqueOrThrow({ where: { studyInstanceUid } });
    },
  };
}
const promised = (studyId: string) =>
  database.db.outbox.findMany({ where: { key: settleStudy.key({ studyId }) }, select: { runAt: true } });
/** What the relay does: the queue holds the job from now on. */
const handOn = (studyId: string) => database.db.outbox.deleteMany({ where: { key: settleStudy.key({ studyId }) } });

describe('a study that streams in', () => {
  test('waits for one settling, however many batches move its time', async () => {
    const study = streamingStudy();
    await study.sendNext();
    const { id, settleAfter } = await study.row();
    expect(await promised(id)).toEqual([{ runAt: settleAfter }]);
    await handOn(id);
    await study.sendNext();
    const moved = (await study.row()).settleAfter;
    expect(moved?.getTime()).toBeGreaterThan(settleAfter?.getTime() ?? 0);
    expect(await promised(id)).toEqual([]);

    // The job comes at the time it was promised for, which is too early by now.
    await handleSettleStudy(edge.deps(), { studyId: id });
    expect(await promised(id)).toEqual([{ runAt: moved }]);
    expect((await study.row()).settledAt).toBeNull();
    await edge.settle();
    expect(await study.row()).toMatchObject({ state: 'unmatched', settleAfter: null, instanceCount: 2 });
    expect(await promised(id)).toEqual([]);
  });

  test('and goes on after it had settled, or after its time was missed, is promised another', async () => {
    const study = streamingStudy();
    await study.sendNext();
    const { id } = await study.row();
    await handOn(id);
    // The queue lost the job.
    edge.clock.advance(60 * second);
    await study.sendNext();
    expect(await promised(id)).toEqual([{ runAt: (await study.row()).settleAfter }]);
    await edge.settle();
    expect((await study.row()).settledAt).not.toBeNull();
    await study.sendNext();
    const { settleAfter } = await study.row();
    expect(settleAfter).not.toBeNull();
    expect(await promised(id)).toEqual([{ runAt: settleAfter }]);
    await edge.settle();
    expect(await study.row()).toMatchObject({ settleAfter: null, instanceCount: 3, lateInstances: 1 });
  });
});
