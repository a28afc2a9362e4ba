import { expect, test } from 'vitest';
import { assertStrong } from './strong-password.ts';

const refused = (password: string, username = 'township01') => {
  try {
    assertStrong(password, username);
    return false;
  } catch (cause) {
    expect(cause).toMatchObject({ code: 'weak-password' });
    return true;
  }
};

test.each([
  'Lianzhen-demo-1',
  '黄羊镇卫生院的钥匙在二楼',
  'correct horse battery staple',
  'k8#vQ2!mZw',
  'xiangrikui kai le',
  'a1b2c3d4e5',
])('%s will do', (password) => {
  expect(refused(password)).toBe(false);
});

test.each([
  ['short', 'k8#vQ2!mZ'],
  ['long', 'ab1 '.repeat(33)],
  ['of few letters', 'abababababab'],
  ['the name', 'my-TOWNSHIP01-pass'],
  ['a date and a number', '1980-01-01'],
  ['a telephone number', '13800138000'],
  ['a row of figures', '1234567890'],
  ['a row of keys', 'qwertyuiop'],
  ['a row of keys backwards, with a year', 'poiuytrewq2024'],
  ['two columns of keys', '1qaz2wsx3edc'],
  ['what everybody takes', 'Password123!'],
  ['what everybody here takes', 'woaini@5201314'],
  ['the product', 'Lianzhen2026!'],
])('one that is %s is refused', (_, password) => {
  expect(refused(password)).toBe(true);
});
