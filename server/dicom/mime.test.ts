import { describe, expect, test } from 'vitest';
import { frameMediaType, multipartRelated, parseMediaType, withTransferSyntax } from './mime.ts';
import { storageSopClasses, transferSyntaxes } from './sop-classes.ts';

describe('media types', () => {
  test.each([
    ['1.2.840.10008.1.2.4.70', 'image/jpeg'],
    ['1.2.840.10008.1.2.4.80', 'image/jls'],
    ['1.2.840.10008.1.2.4.91', 'image/jp2'],
    ['1.2.840.10008.1.2.4.201', 'image/jphc'],
    ['1.2.840.10008.1.2.5', 'image/dicom-rle'],
    ['1.2.840.10008.1.2.4.102', 'video/mp4'],
    ['1.2.840.10008.1.2.1', 'application/octet-stream'],
    ['1.2.840.10008.1.2.4.53', 'application/octet-stream'],
  ])('frames in %s', (uid, expected) => expect(frameMediaType(uid)).toBe(expected));

  test('parameters, quoted or not', () => {
    expect(parseMediaType('Multipart/Related; type="application/dicom"; Boundary=a_b; transfer-syntax=*')).toEqual({
      name: 'multipart/related',
      parameters: { type: 'application/dicom', boundary: 'a_b', 'transfer-syntax': '*' },
    });
    expect(parseMediaType('multipart/related; type=application/dicom+json;boundary="x y"')?.parameters).toEqual({
      type: 'application/dicom+json',
      boundary: 'x y',
    });
    expect(parseMediaType('nonsense')).toBeUndefined();
    expect(parseMediaType(multipartRelated('image/jls', 'b', '1.2'))?.parameters).toEqual({
      type: 'image/jls',
      boundary: 'b',
      'transfer-syntax': '1.2',
    });
    expect(withTransferSyntax('image/jls', '1.2')).toBe('image/jls; transfer-syntax=1.2');
  });
});

describe('what the hub stores', () => {
  test('images, waveforms, reports, slides and documents; nothing private', () => {
    const kind = (suffix: string) => storageSopClasses.get(`1.2.840.10008.5.1.4.1.1.${suffix}`)?.kind;
    expect(['2', '1.1', '9.1.1', '88.11', '88.59', '11.1', '104.1', '77.1.6', '66.4'].map(kind)).toEqual([
      'image',
      'image',
      'waveform',
      'report',
      'key-objects',
      'presentation',
      'document',
      'slide',
      'segmentation',
    ]);
    expect(storageSopClasses.has('1.2.840.113619.4.26')).toBe(false);
    expect(storageSopClasses.has('1.2.840.10008.1.1')).toBe(false);
  });

  test('how each transfer syntax is written', () => {
    const flags = (uid: string) => {
      const { isExplicit, isBigEndian, isDeflated, isEncapsulated, lossy } = transferSyntaxes.get(uid) ?? {};
      return [isExplicit, isBigEndian, isDeflated, isEncapsulated, lossy];
    };
    expect(flags('1.2.840.10008.1.2')).toEqual([false, false, false, false, 'never']);
    expect(flags('1.2.840.10008.1.2.2')).toEqual([true, true, false, false, 'never']);
    expect(flags('1.2.840.10008.1.2.1.99')).toEqual([true, false, true, false, 'never']);
    expect(flags('1.2.840.10008.1.2.4.91')).toEqual([true, false, false, true, 'possible']);
    expect(flags('1.2.840.10008.1.2.4.81')).toEqual([true, false, false, true, 'always']);
    expect(transferSyntaxes.has('1.2.840.10008.1.2.4.94')).toBe(false);
  });
});
