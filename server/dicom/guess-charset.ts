import { TextDecoder } from 'node:util';
import { charsetTerm } from './charsets.ts';

/** A character set that fits the bytes better than what was declared. Confidence is between 0 and 1. */
export interface CharsetGuess {
  charset: 'ISO_IR 192' | 'GBK' | 'GB18030';
  confidence: number;
}

const strictUtf8 = new TextDecoder('utf-8', { fatal: true });
const strictGb = new TextDecoder('gb18030', { fatal: true });

function decodes(decoder: TextDecoder, bytes: Uint8Array): boolean {
  try {
    decoder.decode(bytes);
    return true;
  } catch {
    // That the bytes do not decode is the answer to the question, not a failure.
    return false;
  }
}

/** Other encodings hardly ever form valid UTF-8 by chance, and less so with every further character. */
function utf8Confidence(bytes: Uint8Array): number {
  if (!decodes(strictUtf8, bytes)) return 0;
  let leads = 0;
  let wide = 0;
  for (const byte of bytes) {
    if (byte >= 0xc0) leads += 1;
    if (byte >= 0xe0) wide += 1;
  }
  return Math.min(0.99, 0.6 + 0.1 * leads + 0.15 * wide);
}

interface GbCount {
  common: number;
  rare: number;
  isFourByte: boolean;
}

/** Counts characters of GB 2312 level 1 (B0 to D7), level 2 (D8 to F7) and the rest; undefined where the bytes are no GB18030. */
function countGb(bytes: Uint8Array): GbCount | undefined {
  if (!decodes(strictGb, bytes)) return undefined;
  const count: GbCount = { common: 0, rare: 0, isFourByte: false };
  for (let at = 0; at < bytes.length; at += 1) {
    const lead = bytes[at] ?? 0;
    if (lead < 0x81) continue;
    const trail = bytes[at + 1] ?? 0;
    if (trail >= 0x30 && trail <= 0x39) {
      count.isFourByte = true;
      count.common += 1;
      at += 3;
      continue;
    }
    at += 1;
    const isLevel1 = lead >= 0xb0 && lead <= 0xd7 && trail >= 0xa1;
    const isLevel2 = lead >= 0xd8 && lead <= 0xf7 && trail >= 0xa1;
    const isPunctuation = lead >= 0xa1 && lead <= 0xa3 && trail >= 0xa1;
    if (isLevel1 || isPunctuation) count.common += 1;
    else if (isLevel2) count.common += 0.7;
    if (!isLevel1 && !isPunctuation) count.rare += isLevel2 ? 0.3 : 1;
  }
  return count;
}

function gbConfidence(count: GbCount): number {
  const total = count.common + count.rare;
  if (total === 0) return 0;
  const share = count.common / total;
  // One pair can be two accented letters; from the third character on chance is hardly left.
  return Math.max(0, Math.min(0.97, share * (0.55 + 0.14 * Math.min(3, total))));
}

/**
 * For devices whose bytes lie about their character set: GBK or UTF-8 under ISO_IR 100 or under nothing, UTF-8 under
 * GB18030, GBK under UTF-8. The answer is a proposal for a person to preview, never a silent repair.
 * @param bytes raw bytes of text values, several values joined by a backslash
 * @param declared values of (0008,0005)
 * @returns undefined when the bytes are ASCII, when the declaration fits, or when nothing fits better
 */
export function guessCharset(bytes: Buffer, declared: readonly string[]): CharsetGuess | undefined {
  if (!bytes.some((byte) => byte >= 0x80) || bytes.includes(0x1b)) return undefined;
  const term = charsetTerm(declared[0] ?? '') ?? 'ISO_IR 6';
  const utf8 = utf8Confidence(bytes);
  if (term === 'ISO_IR 192') return utf8 > 0 ? undefined : guessGb(bytes);
  const isGb = term === 'GB18030' || term === 'GBK';
  const isWestern = term === 'ISO_IR 6' || term === 'ISO_IR 100';
  // Other declarations are explicit choices of another script, and Cyrillic bytes look just like GBK.
  if (!isGb && !(isWestern && declared.length <= 1)) return undefined;
  if (utf8 >= 0.85) return { charset: 'ISO_IR 192', confidence: utf8 };
  if (isGb) return undefined;
  const gb = guessGb(bytes);
  return gb && gb.confidence >= utf8 ? gb : utf8 >= 0.7 ? { charset: 'ISO_IR 192', confidence: utf8 } : undefined;
}

function guessGb(bytes: Buffer): CharsetGuess | undefined {
  const count = countGb(bytes);
  const confidence = count ? gbConfidence(count) : 0;
  if (!count || confidence < 0.5) return undefined;
  return { charset: count.isFourByte ? 'GB18030' : 'GBK', confidence };
}
