import type { Mark } from '@lianzhen/contracts/shared-view.ts';
import { type Code, code } from '../../sr/dicom-values.ts';

type Value = Mark['values'][number];

const quantities: Readonly<Record<string, Code>> = {
  length: code('410668003', 'SCT', 'Length'),
  angle: code('1483009', 'SCT', 'Angle'),
  area: code('42798000', 'SCT', 'Area'),
  interval: code('762636008', 'SCT', 'Duration'),
  // What a person lays between two points of a curve is no wave's amplitude, for which there would be codes.
  voltage: code('VOLTAGE', '99LIANZHEN', 'Voltage between two points'),
};
const statistics: Readonly<Record<string, Code>> = {
  mean: code('373098007', 'SCT', 'Mean'),
  deviation: code('386136009', 'SCT', 'Standard Deviation'),
  min: code('255605001', 'SCT', 'Minimum'),
  max: code('56851009', 'SCT', 'Maximum'),
};
const attenuation = code('112031', 'DCM', 'Attenuation Coefficient');
const pixelValue = code('PIXEL', '99LIANZHEN', 'Value of stored pixels');

/** UCUM; what the file calls its values and UCUM does not know stands in braces, as UCUM wants annotations. */
const units: Readonly<Record<string, Code>> = {
  mm: code('mm', 'UCUM', 'millimeter'),
  mm2: code('mm2', 'UCUM', 'square millimeter'),
  deg: code('deg', 'UCUM', 'degree'),
  px: code('{pixels}', 'UCUM', 'pixels'),
  px2: code('{pixels2}', 'UCUM', 'square pixels'),
  ms: code('ms', 'UCUM', 'millisecond'),
  uV: code('uV', 'UCUM', 'microvolt'),
  HU: code("[hnsf'U]", 'UCUM', 'Hounsfield unit'),
};

export function unitOf({ unit }: Pick<Value, 'unit'>): Code {
  const known = units[unit];
  if (known) return known;
  const name = unit.replace(/[^A-Za-z0-9/.%]/g, '').slice(0, 12);
  return name === '' ? code('1', 'UCUM', 'no units') : code(`{${name}}`, 'UCUM', name);
}

/** What a value is: a quantity, or a statistic of pixel values, which is then said by a derivation. */
export function conceptOf({ name, unit }: Value): { readonly concept: Code; readonly derivation?: Code } | undefined {
  const quantity = quantities[name];
  if (quantity) return { concept: quantity };
  const derivation = statistics[name];
  return derivation && { concept: unit === 'HU' ? attenuation : pixelValue, derivation };
}
