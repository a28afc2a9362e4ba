const endCode = 1023;

/** Codes of ten bits, most significant first, with the code that ends the data, filled up to a byte. */
function packed(codes: readonly number[]): Buffer {
  const out: number[] = [];
  let [held, bits] = [0, 0];
  for (const code of [...codes, endCode]) {
    held = ((held << 10) | code) & 0xfffff;
    for (bits += 10; bits >= 8; bits -= 8) out.push((held >> (bits - 8)) & 0xff);
  }
  if (bits > 0) out.push((held << (8 - bits)) & 0xff);
  return Buffer.from(out);
}

/** LZW with a table that is full at 1022. */
export function compressLzw(bytes: Uint8Array): Buffer {
  const table = new Map<string, number>();
  const codes: number[] = [];
  let current = -1;
  let next = 256;
  for (const byte of bytes) {
    const known = current < 0 ? byte : table.get(`${current} ${byte}`);
    if (known !== undefined) {
      current = known;
      continue;
    }
    codes.push(current);
    if (next < endCode) table.set(`${current} ${byte}`, next++);
    current = byte;
  }
  if (current >= 0) codes.push(current);
  return packed(codes);
}

/** One chunk of XLI from samples of 16 bits, the corrections wrapped to 16 bits as a recorder's are. */
export function xliChunk(samples: Int32Array): Buffer {
  const correction = (i: number) => 2 * (samples[i - 1] ?? 0) - (samples[i - 2] ?? 0) - (samples[i] ?? 0);
  const words = Array.from(samples, (sample, i) =>
    i < 2 ? sample : i + 1 < samples.length ? correction(i + 1) + 64 : 64,
  );
  const bytes = Uint8Array.from([...words.map((word) => (word >> 8) & 0xff), ...words.map((word) => word & 0xff)]);
  const data = compressLzw(bytes);
  const header = Buffer.alloc(8);
  header.writeInt32LE(data.length, 0);
  header.writeInt16LE(1, 4);
  header.writeInt16LE((correction(2) << 16) >> 16, 6);
  return Buffer.concat([header, data]);
}

/** III, aVR, aVL, aVF become how far they are from sums of I and II, halves rounded down. */
export function limbResiduals(leads: readonly Int32Array[]): Int32Array[] {
  const [one = new Int32Array(), two = one, three = one, avr = one, avl = one, avf = one, ...chest] = leads;
  const each = (of: (i: number) => number) => one.map((_, i) => of(i));
  const v = (lead: Int32Array, i: number) => lead[i] ?? 0;
  return [
    one,
    two,
    each((i) => v(two, i) - v(one, i) - v(three, i)),
    each((i) => -Math.floor((v(one, i) + v(two, i)) / 2) - v(avr, i)),
    each((i) => Math.floor((v(one, i) - v(three, i)) / 2) - v(avl, i)),
    each((i) => Math.floor((v(two, i) + v(three, i)) / 2) - v(avf, i)),
    ...chest,
  ];
}
