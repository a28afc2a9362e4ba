import { expect, test } from 'vitest';
import { type Station, stationsOf } from './worklist-stations.ts';

const machine = (aeTitle: string, modality: string | null): Station => ({ aeTitle, modality });
const dr = machine('T01_DR', 'DX');
const second = machine('T01_DR2', 'DX');
const plates = machine('T01_CR', 'CR');
const us = machine('T01_US', 'US');
const unknown = machine('OLD', null);

test('the one machine of a modality is the station, whoever asks without saying which', () => {
  for (const key of ['', '*']) {
    expect(stationsOf('DX', [dr, us], dr, key)).toEqual(['T01_DR']);
    expect(stationsOf('DX', [dr, us], us, key)).toEqual(['T01_DR']);
    expect(stationsOf('US', [dr, us], us, key)).toEqual(['T01_US']);
  }
});

test('of several each sees itself, and another one sees them all', () => {
  expect(stationsOf('DX', [dr, second, us], second, '')).toEqual(['T01_DR2']);
  expect(stationsOf('DX', [dr, second, us], us, '')).toEqual(['T01_DR', 'T01_DR2']);
  expect(stationsOf('DX', [dr, plates], plates, '')).toEqual(['T01_CR']);
});

test('a machine that asks by its own title finds what is planned for none in particular', () => {
  expect(stationsOf('DX', [dr, second], second, 'T01_DR2')).toEqual(['T01_DR2']);
  expect(stationsOf('DX', [dr, second], second, ' t01_dr2 ')).toEqual(['T01_DR2']);
  // Nobody registered what it makes, or a machine for this at all.
  expect(stationsOf('DX', [dr, unknown], unknown, 'OLD')).toEqual(['OLD']);
  expect(stationsOf('CT', [dr, us], us, 'T01_US')).toEqual(['T01_US']);
  expect(stationsOf('CT', [dr, us], us, '')).toEqual(['T01_US']);
});

test('what another kind of machine makes is not for it, by its own title', () => {
  expect(stationsOf('DX', [dr, us], us, 'T01_US')).toEqual([]);
  expect(stationsOf('DX', [dr, us, unknown], us, 'T01_US')).toEqual([]);
});

test('a machine may ask by another title than it calls with, and for another machine', () => {
  expect(stationsOf('DX', [dr, us], dr, 'ROOM_1')).toEqual(['ROOM_1']);
  expect(stationsOf('US', [dr, us], dr, 'T01_US')).toEqual(['T01_US']);
  expect(stationsOf('US', [dr, us], us, 'T01_DR')).toEqual([]);
});

test('a wildcard is tried on the machines that may make it', () => {
  expect(stationsOf('DX', [dr, second, us], second, 'T01*')).toEqual(['T01_DR2', 'T01_DR']);
  expect(stationsOf('DX', [dr, second, us], us, 'T01_?S')).toEqual([]);
  expect(stationsOf('CT', [dr, us], us, 'T01*')).toEqual(['T01_US', 'T01_DR']);
});
