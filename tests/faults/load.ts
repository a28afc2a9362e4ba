import { setTimeout as wait } from 'node:timers/promises';
import type { SyntheticInstance } from '../factories/dicom.ts';
import { machine } from '../factories/hub-client.ts';
import { imagesOf, type Line } from '../factories/line.ts';
import { readNext, reviewNext } from '../factories/line-work.ts';
import { cStoreDoor, stowDoor } from '../factories/modality.ts';
import { keepWorking, placeOrder } from './people.ts';
import { type Sender, startSender } from './sending.ts';
import { Tally } from './tally.ts';

export interface Load {
  readonly doors: Readonly<Record<'c-store' | 'stow-rs', Sender>>;
  readonly orders: readonly { id: string; accessionNumber: string }[];
  readonly tally: Tally;
  /** No new orders any more; resolves when every image that was made is in the hub. */
  finishSending(): Promise<void>;
  /** The readers go home. */
  end(): Promise<void>;
}

const imagesPerOrder = 20;
const orderEveryMs = 1500;
const imageEveryMs = 60;

/**
 * A working day in little: orders are placed, images come in over both doors and reports are written and signed, each at
 * its own pace, whether the hub keeps up or not.
 */
export function startLoad(line: Line, dimsePort: number): Load {
  const tally = new Tally();
  const doors = {
    'c-store': startSender('c-store', cStoreDoor(dimsePort, 'T01_DR'), tally),
    'stow-rs': startSender('stow-rs', stowDoor(machine(line.url, 'demo-device-T01')), tally),
  };
  const orders: { id: string; accessionNumber: string }[] = [];
  const toMake: { door: keyof typeof doors; instance: SyntheticInstance }[] = [];
  let isOpen = true;

  async function examine(): Promise<void> {
    const order = await placeOrder(line, tally);
    const at = orders.push(order);
    const images = imagesOf(line, order.accessionNumber, { instances: imagesPerOrder, seed: at });
    // Turn about; every fifth study comes over both doors at once.
    const doorOf = (index: number) => (at % 5 === 0 ? index % 2 : at % 2) === 0;
    toMake.push(
      ...images.map((instance, index) => ({
        door: doorOf(index) ? ('c-store' as const) : ('stow-rs' as const),
        instance,
      })),
    );
  }
  async function placeOrders(): Promise<void> {
    const placing: Promise<void>[] = [];
    while (isOpen) {
      placing.push(examine());
      await wait(orderEveryMs);
    }
    await Promise.all(placing);
  }
  async function makeImages(placed: Promise<void>): Promise<void> {
    let isPlacing = true;
    const over = placed.then(() => {
      isPlacing = false;
    });
    while (isPlacing || toMake.length > 0) {
      const next = toMake.shift();
      if (next) doors[next.door].offer([next.instance]);
      await wait(imageEveryMs);
    }
    await over;
  }
  const placed = placeOrders();
  const made = makeImages(placed);
  const goHome = [
    keepWorking(line.reader, 'reader', readNext, tally),
    keepWorking(line.reviewer, 'reviewer', reviewNext, tally),
  ];
  return {
    doors,
    orders,
    tally,
    async finishSending() {
      isOpen = false;
      await made;
      await Promise.all(Object.values(doors).map((door) => door.finish()));
    },
    async end() {
      isOpen = false;
      await Promise.all(goHome.map((stop) => stop()));
    },
  };
}
