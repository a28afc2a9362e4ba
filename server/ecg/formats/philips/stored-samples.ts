import { int16Samples, readBase64 } from '../xml/base64-samples.ts';
import { readIntegers } from '../xml/integers.ts';
import type { XmlElement } from '../xml/parse-xml.ts';
import { type XmlSource, xmlInvalid } from '../xml/xml-source.ts';
import { areDifferences, hasLimbOrder, hasSums, restoreLimbLeads } from './limb-residuals.ts';
import { readXli } from './xli.ts';

export interface StoredWaveform {
  readonly waveform: XmlElement;
  readonly codes: readonly string[];
  /** Of each lead. */
  readonly samples: number;
  readonly isSigned: boolean;
}

const where = 'parsedwaveforms';

/** The method of 1.03 (`compressflag`, `compressmethod`) or of 1.04 (`compression`); empty for none. */
function methodOf({ attributes }: XmlElement): string {
  if (attributes.get('compressflag')?.toLowerCase() === 'false') return '';
  const method = attributes.get('compressmethod') ?? attributes.get('compression') ?? '';
  return method === 'Uncompressed' ? '' : method;
}

/** Leads one after the other, not compressed. */
function plain(source: XmlSource, { waveform, codes, samples, isSigned }: StoredWaveform): Int32Array[] {
  const encoding = waveform.attributes.get('dataencoding') ?? 'none';
  if (encoding !== 'Base64' && encoding !== 'Plain')
    throw xmlInvalid(source, `${where}@dataencoding`, 'Base64 or Plain', encoding);
  const all =
    encoding === 'Plain'
      ? readIntegers(source, waveform.text, where)
      : int16Samples(source, readBase64(source, waveform.text, where), where, isSigned);
  if (all.length !== codes.length * samples)
    throw xmlInvalid(source, where, `${codes.length} leads of ${samples} samples`, `${all.length} samples`);
  return codes.map((_, i) => all.slice(i * samples, (i + 1) * samples));
}

function compressed(source: XmlSource, { waveform, codes, samples }: StoredWaveform, method: string): Int32Array[] {
  const encoding = waveform.attributes.get('dataencoding') ?? 'none';
  if (method !== 'XLI' || encoding !== 'Base64')
    throw xmlInvalid(source, `${where}@compression`, 'XLI in Base64', `${method} in ${encoding}`);
  // In another order nobody knows of which leads the differences are, and differences drawn as leads look like flat leads.
  if (hasSums(codes) && !hasLimbOrder(codes))
    throw xmlInvalid(source, `${where}@leadlabels`, 'I II III aVR aVL aVF first', codes.join(' '));
  return readXli(source, readBase64(source, waveform.text, where), codes.length, samples, where);
}

/** The samples of each lead, decompressed, limb leads restored where differences are stored. Throws `ecg-invalid`. */
export function storedSamples(source: XmlSource, stored: StoredWaveform): Int32Array[] {
  const method = methodOf(stored.waveform);
  const leads = method === '' ? plain(source, stored) : compressed(source, stored, method);
  // XLI stores differences; what is not compressed is stored as it was recorded, unless the samples prove the opposite.
  if (hasLimbOrder(stored.codes) && areDifferences(leads, method !== '')) restoreLimbLeads(leads);
  return leads;
}
