import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canEncode, encodeText } from './encode-text.ts';
import { decodeText } from './text.ts';

describe('encodeText', () => {
  test.each([
    ['ISO_IR 192', '张小明 𠀀 é'],
    ['GB18030', '张小明 𠀀 é'],
    ['GBK', '张小明 誠'],
    ['ISO_IR 100', 'Jérôme'],
    ['ISO_IR 144', 'Люксембург'],
    ['ISO_IR 13', 'ﾔﾏﾀﾞ'],
  ])('%s reads back as it was', (charset, text) => {
    expect(decodeText(encodeText(text, charset), 'LO', [charset])).toEqual([text]);
  });

  test('code extensions are written as PS3.5 prints them (H.3.1, I.2, K.2)', () => {
    expect(encodeText('山田^太郎', ['', 'ISO 2022 IR 87']).toString('latin1')).toBe(
      '\x1b$B;3ED\x1b(B^\x1b$BB@O:\x1b(B',
    );
    expect(encodeText('洪^吉洞', ['', 'ISO 2022 IR 149']).toString('hex')).toBe('1b242943fbf35e1b242943d1ced4d7');
    expect(encodeText('Zhang=张^小东', ['', 'ISO 2022 IR 58']).toString('latin1')).toBe(
      `Zhang=\x1b$)A${Buffer.from('d5c5', 'hex').toString('latin1')}^\x1b$)A${Buffer.from('d0a1b6ab', 'hex').toString('latin1')}`,
    );
  });

  test('sets are changed within a value', () => {
    const terms = ['', 'ISO 2022 IR 87', 'ISO 2022 IR 149', 'ISO 2022 IR 58'];
    const text = 'a山田b길동c张d\n张';
    expect(decodeText(encodeText(text, terms), 'LT', terms)).toEqual([text]);
  });

  test('a character that the set does not hold is refused, not replaced', () => {
    expect(() => encodeText('张', 'ISO_IR 100')).toThrow('dicom-invalid');
    expect(() => encodeText('𠀀', 'GBK')).toThrow('dicom-invalid');
    expect(() => encodeText('a', 'KLINGON')).toThrow('dicom-invalid');
    expect(canEncode('张', 'ISO_IR 100')).toBe(false);
    expect(canEncode('张', ['', 'ISO 2022 IR 58'])).toBe(true);
  });

  test('any Chinese text survives the sets that hold all of it', () => {
    const text = fc.string({
      unit: fc.integer({ min: 0x4e00, max: 0x9fa5 }).map((code) => String.fromCodePoint(code)),
      minLength: 1,
    });
    fc.assert(
      fc.property(text, fc.constantFrom('ISO_IR 192', 'GB18030', 'GBK'), (value, charset) => {
        expect(decodeText(encodeText(value, charset), 'LO', [charset])).toEqual([value]);
      }),
      { seed: 7, numRuns: 300 },
    );
  });
});
