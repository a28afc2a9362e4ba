import type { Region } from './region.ts';

/** What somebody of another house would set up in this one: the input of each act, by its route. */
export function setupAttacks({ county, township, centre }: Region, deviceId: string): Record<string, object> {
  const names = { name: 'x', nameEn: null };
  const machine = { aeTitle: 'SPY_DR', name: 'x', modality: null, host: null, port: null };
  const admin = { username: 'spy', displayName: '间谍' };
  return {
    'facilities.managed': {},
    'facilities.createFacility': {
      ...{ parentId: county.id, code: 'SPY1', name: '间谍卫生院', level: 'township', kind: 'hospital', admin },
    },
    'facilities.changeFacility': { ...names, id: township.id, revision: 1, phone: null },
    'facilities.createCentre': { ...names, facilityId: township.id, revision: 1, line: 'ecg' },
    'facilities.changeCentre': { ...names, facilityId: county.id, revision: 1, id: centre.id },
    'facilities.dutyRoster': { id: centre.id },
    'facilities.saveDutyRoster': { id: centre.id, revision: 0, shifts: [] },
    'facilities.createDevice': { ...machine, facilityId: township.id },
    'facilities.changeDevice': { ...machine, id: deviceId, revision: 1, enabled: false },
  };
}
