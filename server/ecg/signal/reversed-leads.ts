import type { EcgMeasurements, LeadMeasurement } from '@lianzhen/contracts/ecg-measurements.ts';

const net = (lead: LeadMeasurement | undefined): number | null =>
  !lead || lead.jUv === null
    ? null
    : (lead.qUv ?? 0) + (lead.rUv ?? 0) + (lead.sUv ?? 0) + (lead.rPrimeUv ?? 0) + (lead.sPrimeUv ?? 0);

/**
 * Whether the electrodes of the arms were exchanged: lead I has an inverted QRS and P (or, without a P wave, T) and aVR an
 * upright one, while V5 or V6 look at the heart as usual. In dextrocardia, which inverts I as well, the left chest leads
 * are small and mostly negative (Kligfield et al., Circulation 2007;115:1306; Batchvarov et al., Europace 2007;9:1081).
 */
export function hasReversedArms({ leads }: Pick<EcgMeasurements, 'leads'>): boolean {
  const of = (code: string) => leads.find((lead) => lead.code === code);
  const [one, left] = [of('I'), of('V6') ?? of('V5')];
  const right = of('aVR');
  const [netOne, netLeft] = [net(one), net(left)];
  if (!one || !left || netOne === null || netLeft === null) return false;
  // An upright R in V5 or V6 of a normal size is what dextrocardia does not have.
  const looksLeft = netLeft > 100 && (left.rUv ?? 0) > 400;
  const waves = one.pUv ?? one.tUv;
  const isInverted = netOne < -80 && waves !== null && waves < -20;
  const netRight = net(right);
  return looksLeft && isInverted && (netRight === null || netRight > 0 || (right?.pUv ?? 0) > 0);
}
