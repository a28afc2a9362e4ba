import iconv from 'iconv-lite';
import { describe, expect, test } from 'vitest';
import { guessCharset } from './guess-charset.ts';

const gbk = (text: string) => iconv.encode(text, 'gbk');
const latin1 = (text: string) => Buffer.from(text, 'latin1');
const utf8 = (text: string) => Buffer.from(text, 'utf8');

describe('guessCharset', () => {
  test.each([[[]], [['ISO_IR 100']], [['ISO_IR 6']]])('Chinese bytes under %j', (declared) => {
    expect(guessCharset(gbk('张小明'), declared)).toMatchObject({ charset: 'GBK' });
    expect(guessCharset(utf8('张小明'), declared)).toMatchObject({ charset: 'ISO_IR 192' });
    expect(guessCharset(utf8('张小明'), declared)?.confidence).toBeGreaterThan(0.9);
    expect(guessCharset(gbk('张小明\\青山镇卫生院'), declared)?.confidence).toBeGreaterThan(0.85);
  });

  test('four-byte characters mean GB18030', () => {
    expect(guessCharset(iconv.encode('张小明𠀀', 'gb18030'), [])).toMatchObject({ charset: 'GB18030' });
  });

  test.each(['Jérôme', 'Äneas^Rüdiger', 'Müller', 'Señor Núñez', 'François\\Élodie'])(
    '%s under ISO_IR 100 is what it says',
    (name) => {
      expect(guessCharset(latin1(name), ['ISO_IR 100'])).toBeUndefined();
    },
  );

  test('GBK under UTF-8 and UTF-8 under GB18030 are seen', () => {
    expect(guessCharset(gbk('张小明'), ['ISO_IR 192'])).toMatchObject({ charset: 'GBK' });
    expect(guessCharset(utf8('张小明'), ['GB18030'])).toMatchObject({ charset: 'ISO_IR 192' });
  });

  test('what fits its declaration is left alone', () => {
    expect(guessCharset(latin1('plain'), [])).toBeUndefined();
    expect(guessCharset(utf8('张'), ['ISO_IR 192'])).toBeUndefined();
    expect(guessCharset(gbk('张小明'), ['GB18030'])).toBeUndefined();
    expect(guessCharset(iconv.encode('Люксембург', 'iso-8859-5'), ['ISO_IR 144'])).toBeUndefined();
    expect(guessCharset(latin1('\x1b$)A\xd5\xc5'), ['', 'ISO 2022 IR 58'])).toBeUndefined();
  });
});
