import { ecgInvalid } from '../../ecg-invalid.ts';

/** How the samples of a multiplex group are stored (PS3.3 C.10.9.1.5). */
export interface SampleForm {
  readonly bytes: 1 | 2 | 4;
  readonly isSigned: boolean;
  readonly isBigEndian: boolean;
}

const forms: Readonly<Record<string, { bits: 8 | 16 | 32; isSigned: boolean }>> = {
  SB: { bits: 8, isSigned: true },
  UB: { bits: 8, isSigned: false },
  SS: { bits: 16, isSigned: true },
  US: { bits: 16, isSigned: false },
  SL: { bits: 32, isSigned: true },
  UL: { bits: 32, isSigned: false },
};

/**
 * @param interpretation (5400,1006); mu-law and A-law (MB, AB) are for sound and allowed for no electrocardiogram
 * @throws HubError ecg-invalid naming the item, when the interpretation is not one of whole numbers of 8, 16 or 32 bits,
 * does not fit the bits allocated, or has no certain order of bytes
 */
export function sampleForm(
  interpretation: string,
  bitsAllocated: number,
  isBigEndian: boolean,
  where: string,
): SampleForm {
  const form = forms[interpretation];
  if (!form) {
    const expected = 'a sample interpretation of SB, UB, SS, US, SL or UL';
    throw ecgInvalid({ format: 'dicom', where: `${where} (5400,1006)`, expected, found: interpretation || 'none' });
  }
  if (form.bits !== bitsAllocated) {
    const expected = `${form.bits} bits allocated for ${interpretation}`;
    throw ecgInvalid({ format: 'dicom', where: `${where} (5400,1004)`, expected, found: String(bitsAllocated) });
  }
  if (form.bits === 32 && isBigEndian) {
    // The syntax was retired long before samples of 32 bits came: whether halves or all four bytes turn is nowhere said.
    const expected = 'little endian for samples of 32 bits';
    throw ecgInvalid({ format: 'dicom', where: `${where} (5400,1010)`, expected, found: 'big endian' });
  }
  return { bytes: (form.bits / 8) as 1 | 2 | 4, isSigned: form.isSigned, isBigEndian };
}

/** What an unsigned 32-bit sample lies above the Int32 that stands for it; 0 for every other form. */
export const signShift = ({ bytes, isSigned }: SampleForm): number => (bytes === 4 && !isSigned ? 2 ** 31 : 0);

/** A view of all values in the byte order of the machine; bytes are copied only where they lie crooked or reversed. */
function numbersIn(bytes: Buffer, form: SampleForm): ArrayLike<number> {
  const count = Math.floor(bytes.length / form.bytes);
  const straight =
    bytes.byteOffset % form.bytes === 0 && !form.isBigEndian ? bytes : Buffer.from(new Uint8Array(bytes).buffer);
  if (form.isBigEndian && form.bytes === 2) straight.subarray(0, count * 2).swap16();
  const { buffer, byteOffset } = straight;
  if (form.bytes === 1) return form.isSigned ? new Int8Array(buffer, byteOffset, count) : straight;
  if (form.bytes === 4) return new Int32Array(buffer, byteOffset, count);
  return form.isSigned ? new Int16Array(buffer, byteOffset, count) : new Uint16Array(buffer, byteOffset, count);
}

/**
 * Interleaved samples, channel after channel (PS3.3 C.10.9.1.4), as one array for each channel. Nothing is scaled.
 * @param bytes whole sampling points; a rest shorter than one is left out
 */
export function splitChannels(bytes: Buffer, form: SampleForm, channels: number): Int32Array[] {
  const values = numbersIn(bytes, form);
  const length = Math.floor(values.length / channels);
  // Turning the highest bit over takes 2^31 away from an unsigned sample, so that it fits.
  const flip = signShift(form) === 0 ? 0 : 0x80000000 | 0;
  return Array.from({ length: channels }, (_, channel) => {
    const samples = new Int32Array(length);
    for (let i = 0, at = channel; i < length; i += 1, at += channels) samples[i] = (values[at] as number) ^ flip;
    return samples;
  });
}
