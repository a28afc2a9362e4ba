import { type XmlSource, xmlInvalid } from './xml-source.ts';

/** Base64 with white space in it. Node skips what is not Base64, and a sample after it would be another: so that is refused first. */
export function readBase64(source: XmlSource, text: string, where: string): Buffer {
  const wrong = /[^A-Za-z0-9+/=\s]|=(?=\s*[A-Za-z0-9+/])/.exec(text);
  if (wrong) throw xmlInvalid(source, where, 'Base64', text.slice(wrong.index, wrong.index + 24));
  return Buffer.from(text, 'base64');
}

/** Little endian samples of 16 bits. */
export function int16Samples(source: XmlSource, bytes: Buffer, where: string, isSigned = true): Int32Array {
  if (bytes.length % 2 !== 0) throw xmlInvalid(source, where, 'samples of two bytes', `${bytes.length} bytes`);
  const out = new Int32Array(bytes.length / 2);
  for (let i = 0; i < out.length; i += 1) out[i] = isSigned ? bytes.readInt16LE(i * 2) : bytes.readUInt16LE(i * 2);
  return out;
}
