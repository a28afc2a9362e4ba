import type { Tx } from '@lianzhen/db/client.ts';
import { naming, type Places } from './named-fields.ts';
import { joinedOrders, readSystemOrder, type SystemOrder, type UncheckedOrder } from './system-order.ts';
import type { SystemPlace } from './system-place.ts';
import { type TakenOrder, takeOrder } from './take-order.ts';

/** A request as a door has read it, and where each part of it stands. */
export interface ReadOrder {
  order: UncheckedOrder;
  places: Places;
}

/**
 * Takes the requests of one message, all or nothing. Those under one number are exams of one order.
 * @returns each order; `at` are the places of its exams' requests in the given list
 * @throws HubError whose fields are named by the places
 */
export async function takeOrders(
  tx: Tx,
  place: SystemPlace,
  read: readonly ReadOrder[],
  now: Date,
): Promise<Array<TakenOrder & { at: number[] }>> {
  const orders: SystemOrder[] = [];
  for (const { order, places } of read) orders.push(await naming(places, () => readSystemOrder(order)));
  const taken = [];
  for (const { order, at } of await naming(placesOfAll(read), () => joinedOrders(orders)))
    taken.push({ ...(await naming(placesOfJoined(read, at), () => takeOrder(tx, place, order, now))), at });
  return taken;
}

/** Parts of all requests, each behind its place in the list. */
const placesOfAll = (read: readonly ReadOrder[]): Places =>
  Object.fromEntries(
    read.flatMap(({ places }, at) => Object.entries(places).map(([field, place]) => [`${at}.${field}`, place])),
  );

/** The exams of an order that several requests ask for stand where each of them is. */
function placesOfJoined(read: readonly ReadOrder[], at: readonly number[]): Places {
  const before = new Map<number, number>();
  const exams = at.flatMap((request, exam) => {
    const nth = before.get(request) ?? 0;
    before.set(request, nth + 1);
    return ['', '.laterality'].flatMap((part) => {
      const place = read[request]?.places[`exams.${nth}${part}`];
      return place === undefined ? [] : [[`exams.${exam}${part}`, place]];
    });
  });
  return { ...read[at[0] ?? 0]?.places, ...Object.fromEntries(exams) };
}
