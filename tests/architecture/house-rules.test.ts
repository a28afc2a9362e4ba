import { loggable } from '@lianzhen/platform/log.ts';
import { expect, test } from 'vitest';
import { isTest, root, sources } from './sources.ts';

const all = sources();
const product = all.filter((source) => /^(server|workers|prisma|web)\//.test(source.path) && !isTest(source.path));

test('process.env has one reader', () => {
  const readers = product.filter(
    (source) => /process\.env/.test(source.text) && !/^prisma\/(seed\/main|generate|diff|migrate)/.test(source.path),
  );
  expect(readers.map((source) => source.path)).toEqual(['server/platform/config.ts']);
});

test('a log line carries only allowed fields', () => {
  const calls = product.flatMap((source) =>
    [...source.text.matchAll(/\blog(?:ger)?\.(?:fatal|error|warn|info|debug|trace)\(\s*\{([^{}]*)\}/g)].map(
      (match) => ({ path: source.path, fields: fieldsOf(match[1] ?? '') }),
    ),
  );
  expect(calls.length).toBeGreaterThan(5);
  const refused = calls.flatMap(({ path, fields }) =>
    fields.filter((field) => !loggable.has(field)).map((field) => `${path}: ${field}`),
  );
  expect(refused).toEqual([]);
});

function fieldsOf(objectText: string): string[] {
  const withoutNested = objectText.replace(/\([^()]*\)|\[[^[\]]*\]|'[^']*'|`[^`]*`/g, '');
  return withoutNested
    .split(',')
    .map((part) => part.trim().split(/[\s:?]/)[0] ?? '')
    .filter((name) => /^[a-zA-Z]+$/.test(name));
}

test('files are small: none over 300 lines, the median near 60', () => {
  const handwritten = all.filter((source) => !/\/generated\/|\.d\.ts$|prisma\/seed\//.test(source.path));
  expect(handwritten.filter((source) => source.lines > 300).map((source) => `${source.path}: ${source.lines}`)).toEqual(
    [],
  );
  const lengths = handwritten.map((source) => source.lines).sort((a, b) => a - b);
  expect(lengths[Math.floor(lengths.length / 2)]).toBeLessThanOrEqual(90);
});

test('names say what a thing is', () => {
  const empty = all.filter((source) =>
    /(^|\/)(utils?|helpers?|common|misc|general|base|manager|shared|index)(\/|\.)/.test(source.path),
  );
  expect(empty.map((source) => source.path)).toEqual([]);
  const odd = all.filter((source) => /[A-Z_ ]/.test(source.path.replace(/^.*\//, '')));
  expect(odd.map((source) => source.path)).toEqual([]);
});

test('pages work over plain HTTP, where browsers keep some of their parts back', () => {
  const kept = /\bcrypto\.(randomUUID\(|subtle\.)|\bnavigator\.(clipboard|locks|storage)\./;
  const users = product.filter((source) => source.path.startsWith('web/') && kept.test(source.text));
  // These look first whether it is there.
  const careful = ['web/ui/copy-out.ts'];
  expect(users.map((source) => source.path).filter((path) => !careful.includes(path))).toEqual([]);
});

test('pages take their punctuation from the texts, in the language of who reads', () => {
  const pages = product.filter((source) => /^web\/.*\.tsx$/.test(source.path));
  // People type these between the members of a list.
  const typed = ['web/features/facilities/system-dialog.tsx'];
  const found = pages.filter((source) => /[：，。、；（）“”]/.test(source.text)).map((source) => source.path);
  expect(found.filter((path) => !typed.includes(path))).toEqual([]);
});

test('a choice between parts is named in the language of the page, not by the library’s English word', () => {
  const parts = product.flatMap(({ path, text }) =>
    [...text.matchAll(/<Segmented\b[\s\S]*?\n\s*\/>/g)].map(([part]) => ({ path, part })),
  );
  expect(parts.length).toBeGreaterThan(10);
  expect(parts.filter(({ part }) => !part.includes('aria-label')).map(({ path }) => path)).toEqual([]);
});

test('nothing is left for later, and nothing is switched off', () => {
  const marks = /\b(TODO|FIXME|XXX)\b|@ts-(ignore|nocheck)|\b(test|it|describe)\.(only|todo)\b|\bas any(?=[;,)\]}.])/;
  const found = all.filter(
    (source) => source.path !== 'tests/architecture/house-rules.test.ts' && marks.test(source.text),
  );
  expect(found.map((source) => source.path)).toEqual([]);
});

test('the repository names no machine, no registry and no download address', () => {
  const everything = sources(
    /\.(ts|tsx|mjs|json|md|yml|yaml|conf|sql|prisma|html|css|Dockerfile)$|Dockerfile$|^\.ci\/run$/,
  );
  const named = everything.filter(
    (source) =>
      /\/work\/|registry\.npmjs|deb\.debian|"resolved": "http/.test(source.text) &&
      !source.path.startsWith('tests/architecture/'),
  );
  expect(named.map((source) => source.path)).toEqual([]);
  expect(root).toBeTruthy();
});
