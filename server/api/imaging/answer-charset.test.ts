import { expect, test } from 'vitest';
import { answerCharset } from './answer-charset.ts';

const named = (name: string) => ({ '00100010': { vr: 'PN', Value: [{ Alphabetic: 'X', Ideographic: name }] } });
const askedIn = (...values: string[]) => ({ '00080005': { vr: 'CS', Value: values } });

test.each([
  ['张三', [], null, ['ISO_IR 192']],
  ['张三', ['ISO_IR 100'], null, ['ISO_IR 192']],
  ['张三', ['GB18030'], null, ['GB18030']],
  ['张三', ['', 'ISO 2022 IR 58'], null, ['', 'ISO 2022 IR 58']],
  // A character that GB 2312 does not have.
  ['张㐀', ['', 'ISO 2022 IR 58'], null, ['ISO_IR 192']],
  ['张三', ['ISO_IR 192'], 'GBK', ['GB18030']],
  ['张三', [], 'UTF-8', ['ISO_IR 192']],
  ['John', ['ISO_IR 100'], null, ['ISO_IR 100']],
  ['张三', ['nonsense'], null, ['ISO_IR 192']],
])('%s, asked in %j, by a device with %s', (name, asked, override, expected) => {
  expect(answerCharset(named(name), asked.length > 0 ? askedIn(...asked) : {}, override)).toEqual(expected);
});
