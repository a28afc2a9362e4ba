const polynomial = 0x1021;

const table = Uint16Array.from({ length: 256 }, (_, byte) => {
  let remainder = byte << 8;
  for (let bit = 0; bit < 8; bit += 1) remainder = (remainder << 1) ^ (remainder & 0x8000 ? polynomial : 0);
  return remainder;
});

/** CRC-CCITT with which EN 1064 (5.2) guards the record and each section: polynomial 0x1021, begun with ones, not reversed. */
export function crcCcitt(bytes: Uint8Array): number {
  let crc = 0xffff;
  for (const byte of bytes) crc = ((crc << 8) ^ (table[(crc >> 8) ^ byte] ?? 0)) & 0xffff;
  return crc;
}
