import { expect, test } from 'vitest';
import { rankTemplates, type Template } from './template-rank.ts';

const template = (name: string, modality: string | null, bodyPart: string | null, isOwn = false): Template => ({
  id: name,
  name,
  nameEn: null,
  line: 'imaging',
  modality,
  bodyPart,
  findings: `${name}所见`,
  impression: '',
  advice: '',
  kind: 'template',
  isOwn,
  revision: 1,
});
const all = [
  template('胸片正常', 'DX', 'CHEST'),
  template('膝关节', 'DX', 'KNEE'),
  template('四肢', 'DX', null),
  template('胸部 CT', 'CT', 'CHEST'),
  template('危急提示', null, null),
  template('我的胸片', 'DX', 'CHEST', true),
];
const chest = [{ modality: 'CR', bodyPart: 'CHEST' }];
const shown = (search: string) =>
  rankTemplates(all, chest, search).map(({ group, templates }) => [group, ...templates.map(({ name }) => name)]);

test('what fits the exam comes first, one’s own before, and other machines only when looked for', () => {
  expect(shown('')).toEqual([
    ['fit', '我的胸片', '胸片正常'],
    ['modality', '膝关节', '四肢'],
    ['any', '危急提示'],
  ]);
});

test('a search looks into names and texts of all', () => {
  expect(shown('ct')).toEqual([['other', '胸部 CT']]);
  expect(shown('胸 所见')).toEqual([
    ['fit', '我的胸片', '胸片正常'],
    ['other', '胸部 CT'],
  ]);
  expect(shown('没有')).toEqual([]);
});
