import { expect, test } from 'vitest';
import { AeTitle, kindsToSetUp, levelsToSetUp } from './facility-setup.ts';

test('a county and above set up what lies below both themselves and the parent', () => {
  const county = { level: 'county' as const };
  expect(levelsToSetUp(county, county)).toEqual(['township', 'village']);
  expect(levelsToSetUp(county, { level: 'township' })).toEqual(['village']);
  expect(levelsToSetUp(county, { level: 'village' })).toEqual([]);
  expect(levelsToSetUp({ level: 'city' }, county)).toEqual(['township', 'village']);
  // A tree that somebody made the wrong way round lifts nobody above himself.
  expect(levelsToSetUp(county, { level: 'province' })).toEqual(['township', 'village']);
});

test('a township and a village set up nothing', () => {
  for (const level of ['township', 'village'] as const) expect(levelsToSetUp({ level }, { level })).toEqual([]);
});

test('only a commission sets up another', () => {
  expect(kindsToSetUp({ kind: 'hospital' })).toEqual(['hospital', 'clinic']);
  expect(kindsToSetUp({ kind: 'commission' })).toContain('commission');
});

test('an AE title is what PS3.5 allows', () => {
  expect(AeTitle.parse('  T01_DR ')).toBe('T01_DR');
  expect(AeTitle.parse('ROOM 1 CT')).toBe('ROOM 1 CT');
  for (const wrong of ['', '   ', 'A\\B', '胸片机', 'SEVENTEEN_LETTERS', 'A\nB'])
    expect(AeTitle.safeParse(wrong).success).toBe(false);
});
