import fc from 'fast-check';
import { expect, test } from 'vitest';
import { contentDisposition, keptName } from './file-name.ts';

test.each([
  ['../../etc/passwd', 'text/plain', 'passwd.txt'],
  ['C:\\Users\\lab\\检验 报告.PDF', 'application/pdf', '检验 报告.pdf'],
  ['report.pdf.exe', 'application/pdf', 'report.pdf.exe.pdf'],
  ['photo.jpeg', 'image/jpeg', 'photo.jpeg'],
  ['photo.png', 'image/jpeg', 'photo.png.jpg'],
  ['gpj.\u202Efdp.exe', 'application/pdf', 'gpj.fdp.exe.pdf'],
  ['a\u0000b\u200b<c>|?*".txt', 'text/plain', 'abc.txt'],
  ['CON.txt', 'text/plain', '_CON.txt'],
  ['.htaccess', 'text/plain', 'htaccess.txt'],
  ['  . . ', 'image/png', '文件.png'],
  ['', 'image/png', '文件.png'],
  ['line\r\nSet-Cookie: x.txt', 'text/plain', 'line Set-Cookie x.txt'],
  ['\ud800.png', 'image/png', '\ufffd.png'],
] as const)('%j of %s is kept as %j', (given, type, kept) => {
  expect(keptName(given, type)).toBe(kept);
});

test('any name becomes one that every system takes and that stays as it is', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (given) => {
      const name = keptName(given, 'application/pdf');
      expect(Buffer.byteLength(name)).toBeLessThan(255);
      expect(name).toMatch(/^[^./\\ ][^/\\\p{Cc}\p{Cf}]*\.pdf$/u);
      expect(keptName(name, 'application/pdf')).toBe(name);
      expect(contentDisposition(name)).toMatch(/^[\x20-\x7e]+$/);
    }),
  );
});
