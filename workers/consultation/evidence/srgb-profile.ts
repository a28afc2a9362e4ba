/** 16.16 fixed point, as ICC writes numbers. */
const fixed = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(Math.round(value * 65_536));
  return bytes;
};
const zeros = Buffer.alloc(4);
const four = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
};

const point = (x: number, y: number, z: number): Buffer =>
  Buffer.concat([Buffer.from('XYZ '), zeros, fixed(x), fixed(y), fixed(z)]);

/** A tone curve of one exponent; 2.2 is within two hundredths of sRGB's own in pieces. */
const curve = Buffer.concat([Buffer.from('curv'), zeros, four(1), Buffer.from([0x02, 0x33]), Buffer.alloc(2)]);

const ascii = (words: string): Buffer => Buffer.concat([Buffer.from('text'), zeros, Buffer.from(`${words}\0`)]);

function described(words: string): Buffer {
  const own = Buffer.from(`${words}\0`);
  // After the name come an empty one in Unicode and an empty one for old scripts (ICC.1:2001-04, 6.5.17).
  return Buffer.concat([Buffer.from('desc'), zeros, four(own.length), own, Buffer.alloc(4 + 4 + 2 + 1 + 67)]);
}

const padded = (bytes: Buffer): Buffer => Buffer.concat([bytes, Buffer.alloc((4 - (bytes.length % 4)) % 4)]);

/**
 * An ICC profile of sRGB (ICC.1:2001-04, version 2, a display by matrix and tone curves): colour presentation states
 * must carry one (PS3.3 A.33.2), and pictures of ultrasound and of cameras are meant so.
 */
export function srgbProfile(): Buffer {
  const parts: ReadonlyArray<readonly [name: string, bytes: Buffer]> = [
    ['desc', described('sRGB')],
    ['cprt', ascii('Public domain')],
    ['wtpt', point(0.9642, 1, 0.8249)],
    ['rXYZ', point(0.4360747, 0.2225045, 0.0139322)],
    ['gXYZ', point(0.3850649, 0.7168786, 0.0971045)],
    ['bXYZ', point(0.1430804, 0.0606169, 0.7141733)],
    ['rTRC', curve],
    ['gTRC', curve],
    ['bTRC', curve],
  ];
  const table: Buffer[] = [four(parts.length)];
  const data: Buffer[] = [];
  let offset = 128 + 4 + parts.length * 12;
  for (const [name, bytes] of parts) {
    table.push(Buffer.from(name), four(offset), four(bytes.length));
    data.push(padded(bytes));
    offset += padded(bytes).length;
  }
  const header = Buffer.alloc(128);
  header.writeUInt32BE(offset, 0);
  header.writeUInt32BE(0x02400000, 8);
  header.write('mntrRGB XYZ ', 12, 'latin1');
  header.write('acsp', 36, 'latin1');
  fixed(0.9642).copy(header, 68);
  fixed(1).copy(header, 72);
  fixed(0.8249).copy(header, 76);
  return Buffer.concat([header, ...table, ...data]);
}
