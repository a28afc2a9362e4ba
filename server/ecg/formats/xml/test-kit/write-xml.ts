/** Text as the content of an element or attribute. */
export const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** Base64 in lines, as recorders write it. */
export const wrapped = (bytes: Buffer): string => (bytes.toString('base64').match(/.{1,76}/g) ?? []).join('\n');

/** Samples as little endian numbers of 16 bits. */
export function int16(samples: Int32Array): Buffer {
  const out = Buffer.alloc(samples.length * 2);
  for (const [i, sample] of samples.entries()) out.writeInt16LE(sample, i * 2);
  return out;
}
