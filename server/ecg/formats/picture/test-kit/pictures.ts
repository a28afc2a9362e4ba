import { crc32, deflateSync } from 'node:zlib';

function segment(marker: number, data: Buffer): Buffer {
  const head = Buffer.of(0xff, marker, 0, 0);
  head.writeUInt16BE(data.length + 2, 2);
  return Buffer.concat([head, data]);
}

/** The segments of a JPEG with a scan of no meaning: what is read of one, without an encoder. */
export function jpegFile({ rows = 40, columns = 60, components = 3, frame = 0xc0, adobe = false } = {}): Buffer {
  const sizes = Buffer.alloc(6 + components * 3);
  sizes.writeUInt8(8, 0);
  sizes.writeUInt16BE(rows, 1);
  sizes.writeUInt16BE(columns, 3);
  sizes.writeUInt8(components, 5);
  for (let at = 0; at < components; at += 1) sizes.set([at + 1, at === 0 ? 0x21 : 0x11, 0], 6 + at * 3);
  const transform = Buffer.concat([Buffer.from('Adobe'), Buffer.from([0, 100, 0, 0, 0, 0, 0])]);
  return Buffer.concat([
    Buffer.of(0xff, 0xd8),
    segment(0xe0, Buffer.from('JFIF\0\x01\x01\0\0\x01\0\x01\0\0', 'latin1')),
    ...(adobe ? [segment(0xee, transform)] : []),
    segment(frame, sizes),
    segment(0xda, Buffer.from([components, 1, 0, 0, 63, 0])),
    Buffer.from([1, 2, 3, 0xff, 0xd9]),
  ]);
}

function chunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}

/** A PNG of these lines, each with its filter byte first. */
export function pngFile(options: {
  columns: number;
  lines: readonly (readonly number[])[];
  depth?: number;
  type?: number;
  palette?: readonly number[];
  interlaced?: boolean;
}): Buffer {
  const { columns, lines, depth = 8, type = 2, palette, interlaced = false } = options;
  const header = Buffer.alloc(13);
  header.writeUInt32BE(columns, 0);
  header.writeUInt32BE(lines.length, 4);
  header.set([depth, type, 0, 0, interlaced ? 1 : 0], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    ...(palette ? [chunk('PLTE', Buffer.from(palette))] : []),
    chunk('IDAT', deflateSync(Buffer.from(lines.flat()))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

export function pdfFile(pages: number): Buffer {
  const kids = Array.from({ length: pages }, (_, at) => `${at + 3} 0 R`).join(' ');
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Kids [${kids}] /Count ${pages} >>`,
    ...Array.from({ length: pages }, () => '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] >>'),
  ];
  const body = objects.map((object, at) => `${at + 1} 0 obj\n${object}\nendobj\n`).join('');
  return Buffer.from(`%PDF-1.4\n${body}trailer\n<< /Root 1 0 R >>\nstartxref\n0\n%%EOF\n`);
}
