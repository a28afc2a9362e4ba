import { describe, expect, test } from 'vitest';
import { decodePersonName, decodeText, unknownCharsets } from './text.ts';

/** Bytes of ASCII with `\e` for the escape, as the examples of PS3.5 print them, and of hexadecimal pairs in `<>`. */
function bytes(printed: string): Buffer {
  const parts = printed.split(/(<[0-9a-f ]+>)/i).map((part) => {
    if (part.startsWith('<')) return Buffer.from(part.replace(/[<> ]/g, ''), 'hex');
    return Buffer.from(part.replaceAll('\\e', '\x1b'), 'latin1');
  });
  return Buffer.concat(parts);
}

describe('names of PS3.5 Annexes H to K', () => {
  test('Japanese kanji and kana over the default repertoire (H.3.1)', () => {
    const printed = 'Yamada^Tarou=\\e$B;3ED\\e(B^\\e$BB@O:\\e(B=\\e$B$d$^$@\\e(B^\\e$B$?$m$&\\e(B';
    expect(decodePersonName(bytes(printed), ['', 'ISO 2022 IR 87'])).toEqual([
      { Alphabetic: 'Yamada^Tarou', Ideographic: '山田^太郎', Phonetic: 'やまだ^たろう' },
    ]);
  });

  test('half-width katakana, kanji and kana (H.3.2)', () => {
    const printed = '<d4 cf c0 de>^<c0 db b3>=\\e$B;3ED\\e(J^\\e$BB@O:\\e(J=\\e$B$d$^$@\\e(J^\\e$B$?$m$&\\e(J';
    expect(decodePersonName(bytes(printed), ['ISO 2022 IR 13', 'ISO 2022 IR 87'])).toEqual([
      { Alphabetic: 'ﾔﾏﾀﾞ^ﾀﾛｳ', Ideographic: '山田^太郎', Phonetic: 'やまだ^たろう' },
    ]);
  });

  test('Korean, whose set is designated anew in each component (I.2)', () => {
    const printed = 'Hong^Gildong=\\e$)C<fb f3>^\\e$)C<d1 ce d4 d7>=\\e$)C<c8 ab>^\\e$)C<b1 e6 b5 bf>';
    expect(decodePersonName(bytes(printed), ['', 'ISO 2022 IR 149'])).toEqual([
      { Alphabetic: 'Hong^Gildong', Ideographic: '洪^吉洞', Phonetic: '홍^길동' },
    ]);
  });

  test('Chinese in UTF-8 and GB18030 (J.1, J.2), trailing delimiters left out', () => {
    const name = [{ Alphabetic: 'Wang^XiaoDong', Ideographic: '王^小东' }];
    expect(decodePersonName(bytes('Wang^XiaoDong=<e7 8e 8b>^<e5 b0 8f e4 b8 9c>='), ['ISO_IR 192'])).toEqual(name);
    expect(decodePersonName(bytes('Wang^XiaoDong=<cd f5>^<d0 a1 b6 ab>='), ['GB18030'])).toEqual(name);
  });

  test('Chinese with code extensions (K.2)', () => {
    const printed = 'Zhang^XiaoDong=\\e$)A<d5 c5>^\\e$)A<d0 a1 b6 ab>=';
    expect(decodePersonName(bytes(printed), ['', 'ISO 2022 IR 58'])).toEqual([
      { Alphabetic: 'Zhang^XiaoDong', Ideographic: '张^小东' },
    ]);
  });

  test('a text of several lines, each with its designation (K.3)', () => {
    const printed = 'The first line.\r\n\\e$)A<b5 da b6 fe d0 d0>.\r\nThe third.';
    expect(decodeText(bytes(printed), 'LT', ['', 'ISO 2022 IR 58'])).toEqual([
      'The first line.\r\n第二行.\r\nThe third.',
    ]);
  });
});

describe('code extensions', () => {
  test('the first set is active again after each delimiter and line end', () => {
    const terms = ['ISO 2022 IR 100', 'ISO 2022 IR 144'];
    expect(decodeText(bytes('\\e-L<bb ee>\\<e9>'), 'LO', terms)).toEqual(['Лю', 'é']);
    expect(decodePersonName(bytes('\\e-L<bb ee>^<e9>'), terms)).toEqual([{ Alphabetic: 'Лю^é' }]);
    expect(decodeText(bytes('\\e-L<bb ee>\r<e9>'), 'LT', terms)).toEqual(['Лю\ré']);
  });

  test("a delimiter's byte inside a two-byte character delimits nothing", () => {
    // 0x4e5c and 0x415e are kanji of JIS X 0208 with 5C and 5E as their second byte.
    expect(decodePersonName(bytes('\\e$BN\\\\e(B^\\e$BA^\\e(B'), ['', 'ISO 2022 IR 87'])).toEqual([
      { Alphabetic: '瑠^挿' },
    ]);
  });

  test('a set that is declared but never designated stands in for bytes above 127', () => {
    expect(decodeText(bytes('<b5 da b6 fe>'), 'LO', ['', 'ISO 2022 IR 58'])).toEqual(['第二']);
  });

  test('an unknown escape and a cut-off character do not stop the rest', () => {
    expect(decodeText(bytes('a\\e%Gb'), 'LO', ['', 'ISO 2022 IR 87'])).toEqual(['a%Gb']);
    expect(decodeText(bytes('\\e$B;'), 'LO', ['', 'ISO 2022 IR 87'])).toEqual([';']);
  });

  test('JIS X 0212 and GB 2312 in G0', () => {
    expect(decodeText(bytes('\\e$(D0!\\e(B'), 'LO', ['', 'ISO 2022 IR 159'])).toEqual(['丂']);
    expect(decodeText(bytes('\\e$A5Z\\e(B'), 'LO', ['', 'ISO 2022 IR 58'])).toEqual(['第']);
  });
});

describe('single-byte sets', () => {
  test.each([
    ['ISO_IR 100', '<c4>neas^R<fc>diger', 'Äneas^Rüdiger'],
    ['ISO_IR 101', 'W<b3>adys<b3>aw', 'Władysław'],
    ['ISO_IR 109', '<a6>a', 'Ĥa'],
    ['ISO_IR 110', '<bf>a', 'ŋa'],
    ['ISO_IR 144', '<bb ee>', 'Лю'],
    ['ISO_IR 127', '<e2 c8 c7 e6 ea>', 'قباني'],
    ['ISO_IR 126', '<c4 e9 ef>', 'Διο'],
    ['ISO_IR 138', '<f9 f8 e5 ef>', 'שרון'],
    ['ISO_IR 148', '<dd>stanbul', 'İstanbul'],
    ['ISO_IR 166', '<ca c1>', 'สม'],
    ['ISO_IR 13', '<d4 cf c0 de>', 'ﾔﾏﾀﾞ'],
  ])('%s', (charset, printed, expected) => {
    expect(decodeText(bytes(printed), 'LO', [charset])).toEqual([expected]);
  });

  test('names of sets as devices write them', () => {
    expect(decodeText(bytes('<e9>'), 'LO', ['iso-ir 100'])).toEqual(['é']);
    expect(decodeText(bytes('<d5 c5>'), 'LO', ['GB2312'])).toEqual(['张']);
    expect(decodeText(bytes('<e7 8e 8b>'), 'LO', ['UTF-8'])).toEqual(['王']);
    expect(unknownCharsets(['ISO_IR 100', 'KLINGON', ''])).toEqual(['KLINGON']);
  });
});

describe('values', () => {
  test('the backslash as second byte of a GBK character splits nothing', () => {
    // 誠 is D55C in GBK.
    expect(decodeText(bytes('<d5 5c>\\<d5 53>'), 'LO', ['GBK'])).toEqual(['誠', '誗']);
    expect(decodePersonName(bytes('<d5 5c>^<81 5e>'), ['GB18030'])).toEqual([{ Alphabetic: '誠^乛' }]);
  });

  test('four-byte characters of GB18030', () => {
    expect(decodeText(bytes('<95 32 82 36>'), 'LO', ['GB18030'])).toEqual(['𠀀']);
  });

  test('padding goes, inner spaces and leading spaces of long texts stay', () => {
    expect(decodeText(bytes(' a b \\c '), 'LO', [])).toEqual(['a b', 'c']);
    expect(decodeText(bytes('  a\\b \0'), 'LT', [])).toEqual(['  a\\b']);
    expect(decodeText(Buffer.alloc(0), 'LO', [])).toEqual([]);
  });

  test('an override takes the place of what is declared', () => {
    expect(decodeText(bytes('<d5 c5 c8 fd>'), 'LO', ['ISO_IR 100'])).toEqual(['ÕÅÈý']);
    expect(decodeText(bytes('<d5 c5 c8 fd>'), 'LO', ['ISO_IR 100'], 'GBK')).toEqual(['张三']);
  });

  test('several names, an empty one among them', () => {
    expect(decodePersonName(bytes('A^B\\\\^^^^'), [])).toEqual([{ Alphabetic: 'A^B' }, {}, {}]);
  });
});
