import { join, u8, u16, u32 } from './byte-parts.ts';

const version = 20;

/** Bit by bit, as the standard describes it: not the table that the reader uses. */
function crc(bytes: Buffer): number {
  let rest = 0xffff;
  for (const byte of bytes) {
    rest ^= byte << 8;
    for (let bit = 0; bit < 8; bit += 1) rest = rest & 0x8000 ? ((rest << 1) ^ 0x1021) & 0xffff : (rest << 1) & 0xffff;
  }
  return rest;
}

const guarded = (rest: Buffer): Buffer => join(u16(crc(rest)), rest);

function section(id: number, contents: Buffer): Buffer {
  const even = contents.length % 2 === 0 ? contents : join(contents, u8(0));
  const reserved = Buffer.from(id === 0 ? 'SCPECG' : '\0\0\0\0\0\0', 'latin1');
  return guarded(join(u16(id), u32(16 + even.length), u8(version, version), reserved, even));
}

/** A record of these sections with its pointers, lengths and CRCs; what is not given of 1 to 11 is pointed at as empty. */
export function assembleRecord(contents: ReadonlyMap<number, Buffer>): Buffer {
  const ids = [...new Set([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, ...contents.keys()])];
  let index = 7 + 16 + 10 * (ids.length + 1);
  const pointers = [u16(0), u32(16 + 10 * (ids.length + 1)), u32(7)];
  const sections: Buffer[] = [];
  for (const id of ids) {
    const given = contents.get(id);
    const bytes = given ? section(id, given) : Buffer.alloc(0);
    pointers.push(u16(id), u32(bytes.length), u32(bytes.length === 0 ? 0 : index));
    sections.push(bytes);
    index += bytes.length;
  }
  const body = join(section(0, join(...pointers)), ...sections);
  return guarded(join(u32(body.length + 6), body));
}

/** Puts the CRCs of a changed record right again: of every section that its pointers name in the file, then of the whole. */
export function sealRecord(record: Buffer): Buffer {
  const sealed = Buffer.from(record);
  const pointers = record.subarray(22, 6 + record.readUInt32LE(10));
  for (let at = 0; at + 10 <= pointers.length; at += 10) {
    const [length, offset] = [pointers.readUInt32LE(at + 2), pointers.readUInt32LE(at + 6) - 1];
    if (length < 4 || offset < 0 || offset + length > sealed.length) continue;
    sealed.writeUInt16LE(crc(sealed.subarray(offset + 2, offset + length)), offset);
  }
  sealed.writeUInt16LE(crc(sealed.subarray(2)), 0);
  return sealed;
}
