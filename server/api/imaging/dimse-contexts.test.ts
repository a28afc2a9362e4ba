import { sopClass } from '@lianzhen/dicom/sop-classes.ts';
import { expect, test } from 'vitest';
import { chooseContext } from './dimse-contexts.ts';

const implicit = '1.2.840.10008.1.2';
const explicit = '1.2.840.10008.1.2.1';
const bigEndian = '1.2.840.10008.1.2.2';
const jpegLs = '1.2.840.10008.1.2.4.80';

test.each([
  [[jpegLs, explicit, implicit], jpegLs],
  [[implicit, explicit], explicit],
  [[bigEndian, implicit], implicit],
  [[bigEndian], bigEndian],
  [['1.2.3', explicit], explicit],
])('images: of %j, %s', (offered, chosen) => {
  expect(chooseContext(sopClass.ct, offered)).toBe(chosen);
});

test('says what it does not take', () => {
  expect(chooseContext(sopClass.ct, ['1.2.3'])).toEqual({ refused: 'transfer-syntaxes' });
  expect(chooseContext(sopClass.studyRootMove, [explicit])).toBeUndefined();
  expect(chooseContext('1.2.3', [explicit])).toBeUndefined();
  expect(chooseContext(sopClass.modalityWorklistFind, [jpegLs])).toEqual({ refused: 'transfer-syntaxes' });
});
