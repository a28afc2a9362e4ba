import type { Part } from './frame.ts';

/**
 * RFC 9628, 4.2: the payload descriptor is taken off. Layers of one picture follow each other, as a superframe does. Between
 * key frames of `L3T3_KEY` a picture is its highest layer alone, which builds on nothing below it.
 */
export function vp9Payload(payload: Uint8Array): Part | undefined {
  const first = payload[0] ?? 0;
  const [hasId, isPredicted, hasLayers, isFlexible, begins, , hasStructure] = [7, 6, 5, 4, 3, 2, 1].map(
    (bit) => ((first >> bit) & 1) === 1,
  );
  let at = 1;
  if (hasId) at += (payload[at] ?? 0) & 0x80 ? 2 : 1;
  let buildsOnLower = false;
  if (hasLayers) {
    buildsOnLower = ((payload[at] ?? 0) & 1) === 1;
    at += isFlexible ? 1 : 2;
  }
  if (isFlexible && isPredicted) {
    let more = true;
    for (let n = 0; more && n < 3; n++) {
      more = ((payload[at] ?? 0) & 1) === 1;
      at += 1;
    }
  }
  if (hasStructure) at = behindStructure(payload, at);
  if (at >= payload.length) return undefined;
  return { bytes: payload.subarray(at), isFirst: begins === true && !buildsOnLower };
}

function behindStructure(payload: Uint8Array, from: number): number {
  let at = from;
  const head = payload[at] ?? 0;
  at += 1;
  const layers = (head >> 5) + 1;
  if (head & 0x10) at += layers * 4;
  if (!(head & 0x08)) return at;
  const groups = payload[at] ?? 0;
  at += 1;
  for (let n = 0; n < groups; n++) {
    const references = ((payload[at] ?? 0) >> 2) & 3;
    at += 1 + references;
  }
  return at;
}

/**
 * VP9 bitstream, 6.2: marker `10`, two bits of the profile, one more in profile 3, then whether a known picture is shown
 * again, then 0 for a key frame. The descriptor does not say it of every sender.
 */
export function isVp9Key([first]: readonly Part[]): boolean {
  const head = first?.bytes[0] ?? 0;
  if (head >> 6 !== 2) return false;
  const isProfile3 = (head & 0x30) === 0x30;
  return (head & (isProfile3 ? 0x06 : 0x0c)) === 0;
}
