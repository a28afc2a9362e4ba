import { expect, test } from 'vitest';
import { xmlBounds } from './check-xml.ts';
import { rootName } from './decode-xml.ts';
import { at } from './find.ts';
import { parseXml } from './parse-xml.ts';
import { refusal } from './test-kit/recorded-trace.ts';

const parse = (bytes: Buffer) => parseXml(bytes, 'hl7-aecg', ['digits']);
const tree = (text: string) => parse(Buffer.from(text));
const refused = (text: string | Buffer) => refusal(parse, text);

test('elements, attributes and text without namespace prefixes, entities replaced, comments left out', () => {
  const root = tree(
    '<?xml version="1.0"?><!-- <no> --><!DOCTYPE a SYSTEM "a.dtd"><?pi?><h:a xmlns:h="u" h:b="&lt;&#65;&#x4E2D;"> t&amp;<!-- c -->u<![CDATA[<&amp;>]]><c/><h:d >x</h:d></h:a > ',
  );
  expect(root).toMatchObject({ name: 'a', text: 't&u<&amp;>' });
  expect(root.attributes.get('b')).toBe('<A中');
  expect(root.children.map(({ name, text }) => [name, text])).toEqual([
    ['c', ''],
    ['d', 'x'],
  ]);
});

test('waveforms are kept as they are written', () => {
  expect(at(tree('<a><h:digits xmlns:h="u"> 1\n2 </h:digits></a>'), 'digits')?.text).toBe(' 1\n2 ');
  expect(at(tree(`<a><digits>${'1 '.repeat(xmlBounds.textLength)}</digits></a>`), 'digits')?.text.length).toBe(131_072);
});

const chinese = '<n>联诊，张三</n>';
/** The same in GB 2312. */
const gb = (declaration: string) =>
  Buffer.concat([Buffer.from(`${declaration}<n>`), Buffer.from('c1aad5efa3acd5c5c8fd', 'hex'), Buffer.from('</n>')]);
test.each([
  ['UTF-8', Buffer.from(chinese)],
  ['UTF-8 with a mark', Buffer.from(`\ufeff${chinese}`)],
  ['UTF-16 little endian', Buffer.from(`\ufeff<?xml version="1.0" encoding="UTF-16"?>${chinese}`, 'utf16le')],
  ['UTF-16 big endian', Buffer.from(`\ufeff${chinese}`, 'utf16le').swap16()],
  ['UTF-8 that calls itself UTF-16', Buffer.from(`<?xml version="1.0" encoding="utf-16"?>${chinese}`)],
  ['GB 18030', gb('<?xml version="1.0" encoding="GB18030"?>')],
  ['GB 2312', gb(`<?xml version='1.0' encoding='gb2312'?>`)],
])('%s is read', (_, bytes) => {
  expect(parse(bytes).text).toBe('联诊，张三');
  expect(rootName(bytes)).toBe('n');
});

test('UTF-16 without a letter beyond ASCII is UTF-16 all the same', () => {
  expect(parse(Buffer.from('\ufeff<n>abc</n>', 'utf16le')).text).toBe('abc');
  expect(parse(Buffer.from('\ufeff<n>abc</n>', 'utf16le').swap16()).text).toBe('abc');
});

test('ISO-8859-1 and Windows-1252 are read', () => {
  const latin = (name: string) =>
    Buffer.from(`<?xml version="1.0" encoding="${name}"?><n>J\u00e9r\u00f4me</n>`, 'latin1');
  expect(parse(latin('ISO-8859-1')).text).toBe('Jérôme');
  expect(parse(latin('windows-1252')).text).toBe('Jérôme');
});

test.each([
  ['another encoding', Buffer.from('<?xml version="1.0" encoding="EBCDIC"?><a/>')],
  ['an encoding with the name of a method', Buffer.from('<?xml version="1.0" encoding="constructor"?><a/>')],
  ['bytes that are not UTF-8', Buffer.from([0x3c, 0x61, 0x3e, 0xff, 0x3c, 0x2f, 0x61, 0x3e])],
  [
    'bytes that are not GB 18030',
    Buffer.concat([Buffer.from('<?xml version="1.0" encoding="gbk"?><a>'), Buffer.from([0xff]), Buffer.from('</a>')]),
  ],
])('%s are refused', (_, bytes) => {
  expect(refused(bytes)).toMatchObject({ where: 'encoding' });
});

test.each([
  '',
  'text',
  '<a>',
  '<a></b>',
  '</a>',
  '<a/><b/>',
  '<a/>text',
  '<a b="1" b="2"/>',
  '<a b=1/>',
  '<a b="1"c="2"/>',
  '<a b="<"/>',
  '<a b="1/>',
  '<a',
  '< a/>',
  '<a>&nbsp;</a>',
  '<a>AT&T</a>',
  '<a>&#0;</a>',
  '<a>&#xD800;</a>',
  '<a>&#x110000;</a>',
  '<a>\0</a>',
  '<a><!-- </a>',
  '<a><![CDATA[ </a>',
  '<![CDATA[ ]]><a/>',
  '<a><!DOCTYPE b></a>',
  '<!DOCTYPE a><!DOCTYPE a><a/>',
  '<constructor/>',
  '<a><__proto__/></a>',
])('%s is refused', (text) => {
  expect(refused(text)).toMatchObject({ format: 'hl7-aecg', where: expect.any(String), expected: expect.any(String) });
});

test('a document type that declares anything is refused: no entity is ever made', () => {
  const bomb = '<!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;&b;&b;">]><a>&c;</a>';
  expect(refused(bomb)).toMatchObject({ expected: 'no document type declarations', offset: 0 });
  expect(refused('<!DOCTYPE a SYSTEM "file:///etc/passwd" [<!ENTITY % b SYSTEM "x">]><a/>')).toMatchObject({
    offset: 0,
  });
});

test('depth, elements, attributes, names and texts are bounded', () => {
  const { depth, elements, attributes, attributeLength, nameLength, textLength } = xmlBounds;
  const nested = (count: number) => '<a>'.repeat(count) + '</a>'.repeat(count);
  expect(refused(nested(depth))).toBeUndefined();
  expect(refused(nested(depth + 1))).toMatchObject({ expected: `at most ${depth} elements in each other` });
  expect(refused('<a>'.repeat(1_000_000))).toMatchObject({ expected: `at most ${depth} elements in each other` });
  expect(refused(`<a>${'<b/>'.repeat(elements)}</a>`)).toMatchObject({ expected: `at most ${elements} elements` });
  const many = Array.from({ length: attributes + 1 }, (_, i) => `a${i}="1"`).join(' ');
  expect(refused(`<a ${many}/>`)).toMatchObject({ expected: `at most ${attributes} attributes` });
  expect(refused(`<a b="${'x'.repeat(attributeLength + 1)}"/>`)).toMatchObject({ found: '<a> b' });
  expect(refused(`<${'a'.repeat(nameLength + 1)}/>`)).toMatchObject({
    expected: `a name of at most ${nameLength} characters`,
  });
  expect(refused(`<a>${'x'.repeat(textLength + 1)}</a>`)).toMatchObject({ where: 'a', found: `${textLength + 1}` });
  expect(refused(`<a><![CDATA[${'x'.repeat(textLength + 1)}]]></a>`)).toMatchObject({ where: 'a' });
  expect(refused(`<a><digits>1<b>${'x'.repeat(textLength + 1)}</b></digits></a>`)).toMatchObject({
    where: 'a/digits/b',
  });
});

test('the root is found behind what may stand before it, and nothing is taken for one', () => {
  expect(
    rootName(
      Buffer.from('\ufeff <?xml version="1.0"?>\n<!-- a > b --><!DOCTYPE x SYSTEM "y.dtd"><v3:AnnotatedECG a="1">'),
    ),
  ).toBe('AnnotatedECG');
  for (const other of ['', 'AnnotatedECG', '<!-- <AnnotatedECG/> ', '{"a":1}', 'SCPECG', '\0\0'])
    expect(rootName(Buffer.from(other))).toBeNull();
});
