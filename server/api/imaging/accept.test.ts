import { expect, test } from 'vitest';
import { covers, parseAccept } from './accept.ts';

test('unfolds multipart/related, with and without quotes, dearest first', () => {
  const header =
    'image/jls;q=0.2, multipart/related; type="application/dicom"; transfer-syntax=*, multipart/related;type=image/jp2;q=0.5';
  expect(parseAccept(header)).toEqual([
    { name: 'application/dicom', isMultipart: true, transferSyntax: '*', quality: 1 },
    { name: 'image/jp2', isMultipart: true, transferSyntax: undefined, quality: 0.5 },
    { name: 'image/jls', isMultipart: false, transferSyntax: undefined, quality: 0.2 },
  ]);
});

test('nothing and anything are the same', () => {
  const any = [{ name: '*/*', isMultipart: true, transferSyntax: undefined, quality: 1 }];
  expect(parseAccept(undefined)).toEqual(any);
  expect(parseAccept('*/*')).toEqual(any);
});

test('what is refused with q=0 is not acceptable, and garbage is nothing', () => {
  expect(parseAccept('image/jls;q=0')).toEqual([]);
  expect(parseAccept('nonsense, ;;, "')).toEqual([]);
});

test('a comma within quotes parts nothing', () => {
  expect(parseAccept('multipart/related; type="application/dicom"; x="a,b"')).toHaveLength(1);
});

test('wildcards cover', () => {
  expect(covers('image/*', 'image/jls')).toBe(true);
  expect(covers('*/*', 'application/dicom')).toBe(true);
  expect(covers('image/*', 'video/mp4')).toBe(false);
});
