import { fits } from './identifier-match.ts';

/** A machine of the facility, as far as the worklist needs to know it. */
export interface Station {
  aeTitle: string;
  /** As it was registered; null where nobody said what it makes. */
  modality: string | null;
}

/** Plates and flat panels stand in for each other: what was ordered as the one is made on the other. */
const kindOf = (modality: string): string => (modality === 'CR' ? 'DX' : modality);

/**
 * Of which machines an exam is, for the Scheduled Station AE Title (0040,0001) of its worklist item. Nobody plans exams
 * for a machine, but the facility's registered machines of that modality are the ones that can make it. A machine whose
 * modality is not known may make everything, and where no machine of that modality is registered, every machine may: a
 * patient who is not on the list is worse than one too many. The attribute is of type 1, and an empty one would fit no
 * key (PS3.4 K.2.2.1.1.1), so that it always has a value.
 * @param modality of the exam
 * @param machines that are registered at the facility and may connect
 * @param caller the one that asks
 * @param key its Scheduled Station AE Title: many send their own, some that of another, some a wildcard or none
 * @returns AE titles, at least one; empty where the exam is not for the station that is asked for
 */
export function stationsOf(modality: string, machines: readonly Station[], caller: Station, key: string): string[] {
  const makes = (one: Station) => one.modality !== null && kindOf(one.modality) === kindOf(modality);
  const hasOwn = machines.some(makes);
  const may = (one: Station) => !hasOwn || one.modality === null || makes(one);
  const wanted = key.trim();
  if (wanted === '' || /^\*+$/.test(wanted)) return may(caller) ? [caller.aeTitle] : titles(machines.filter(makes));
  if (/[*?]/.test(wanted)) return titles([caller, ...machines].filter((one) => may(one) && fits(wanted, one.aeTitle)));
  const named = machines.find(({ aeTitle }) => fits(wanted, aeTitle));
  // A machine may ask by a title that it does not call with, which the hub then does not know.
  if (!named) return [wanted];
  return may(named) ? [named.aeTitle] : [];
}

const titles = (machines: readonly Station[]): string[] => [...new Set(machines.map(({ aeTitle }) => aeTitle))];
