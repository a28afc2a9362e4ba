import { describe, expect, test } from 'vitest';
import { expertLacks, isAtLeast, isOnDuty, maySignOpinion, nextOnDuty } from './expert-rules.ts';

const timeZone = 'Asia/Shanghai';
/** Monday to Friday, mornings and afternoons. */
const hours = [1, 2, 3, 4, 5].flatMap((weekday) => [
  { weekday, from: '08:00', to: '12:00' },
  { weekday, from: '14:00', to: '18:00' },
]);
const duty = { hours, override: null, timeZone };
/** An instant of the week of Monday, 23 November 2026, in Beijing. */
const at = (day: number, clock: string) => new Date(`2026-11-${day}T${clock}:00+08:00`);

describe('on duty', () => {
  test('is in the week of the facility, whatever the clock of the machine', () => {
    expect(isOnDuty(duty, at(23, '07:59'))).toBe(false);
    expect(isOnDuty(duty, at(23, '08:00'))).toBe(true);
    expect(isOnDuty(duty, at(23, '12:30'))).toBe(false);
    expect(isOnDuty(duty, at(28, '09:00'))).toBe(false);
    // Monday morning in Beijing is Sunday evening in London: the facility's day counts.
    expect(isOnDuty({ ...duty, timeZone: 'Europe/London' }, at(23, '08:00'))).toBe(false);
  });

  test('is what was said by hand until that runs out', () => {
    const away = { ...duty, override: { isOnDuty: false, until: at(23, '10:00') } };
    expect([at(23, '09:00'), at(23, '10:00')].map((now) => isOnDuty(away, now))).toEqual([false, true]);
    const night = { ...duty, override: { isOnDuty: true, until: at(24, '02:00') } };
    expect([at(23, '23:00'), at(24, '03:00')].map((now) => isOnDuty(night, now))).toEqual([true, false]);
  });

  test('is known to come', () => {
    expect(nextOnDuty(duty, at(23, '07:13'))).toEqual(at(23, '08:00'));
    expect(nextOnDuty(duty, at(27, '18:01'))).toEqual(at(30, '08:00'));
    expect(nextOnDuty({ ...duty, override: { isOnDuty: false, until: at(23, '15:00') } }, at(23, '09:00'))).toEqual(
      at(23, '15:00'),
    );
    expect(nextOnDuty({ ...duty, hours: [] }, at(23, '09:00'))).toBeNull();
    expect(nextOnDuty(duty, at(23, '09:00'))).toBeNull();
  });
});

describe('who may be invited', () => {
  const now = at(23, '09:00');
  const expert = {
    ...{ licenceNumber: '62', title: 'chief', specialty: 'radiology', independentSince: '2023-11-23', timeZone },
  };
  const wanted = { title: 'associate-chief', specialty: 'radiology' };

  test('has three years to the day', () => {
    expect(expertLacks(expert, wanted, now)).toEqual([]);
    expect(expertLacks({ ...expert, independentSince: '2023-11-24' }, wanted, now)).toEqual(['too-few-years']);
    expect(expertLacks({ ...expert, independentSince: null }, wanted, now)).toEqual(['too-few-years']);
  });

  test('lacks everything that he lacks', () => {
    const nobody = { ...expert, licenceNumber: null, title: null, specialty: 'surgery', independentSince: null };
    expect(expertLacks(nobody, wanted, now)).toEqual(['no-licence', 'too-junior', 'too-few-years', 'other-specialty']);
    expect(expertLacks({ ...nobody, licenceNumber: '' }, {}, now)).toEqual(['no-licence', 'too-few-years']);
  });

  test('has the title or one above it', () => {
    expect(isAtLeast('chief', 'attending')).toBe(true);
    expect(isAtLeast('attending', 'attending')).toBe(true);
    expect(isAtLeast('resident', 'attending')).toBe(false);
    expect(isAtLeast('professor', 'resident')).toBe(false);
    expect(maySignOpinion('pathology', 'attending')).toBe(false);
    expect(maySignOpinion('pathology', 'associate-chief')).toBe(true);
    expect(maySignOpinion('radiology', 'attending')).toBe(true);
  });
});
