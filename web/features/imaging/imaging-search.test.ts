import { rolesMay } from '@lianzhen/contracts/access.ts';
import { expect, test } from 'vitest';
import { imagingTabs, shownTab } from './imaging-search.ts';

test('nobody is led to a part of the page that would refuse him', () => {
  const doctor = imagingTabs((action) => rolesMay(['requesting-doctor'], action));
  expect(doctor).toEqual(['studies', 'upload']);
  expect(shownTab(undefined, doctor)).toBe('studies');
  expect(shownTab('quarantine', doctor)).toBe('studies');
  const admin = imagingTabs((action) => rolesMay(['facility-admin'], action));
  expect(admin).toEqual(['quarantine']);
});

test('who checks identities begins there', () => {
  const technician = imagingTabs((action) => rolesMay(['technician'], action));
  expect(shownTab(undefined, technician)).toBe('quarantine');
  expect(shownTab('upload', technician)).toBe('upload');
});
