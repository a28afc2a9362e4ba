import { expect, test } from 'vitest';
import { pickDevice, pickLoudspeaker, problemOf } from './device-choice.ts';

const front = { id: 'f', label: 'camera2 1, facing front' };
const back = { id: 'b', label: 'camera2 0, facing back' };
const ultrasound = { id: 'u', label: 'USB Video Grabber' };

test('what was chosen before is chosen again, by its name where its id has changed', () => {
  expect(pickDevice('camera', [front, ultrasound], { id: 'u', label: '' })).toBe(ultrasound);
  expect(pickDevice('camera', [front, ultrasound], { id: 'old', label: 'USB Video Grabber' })).toBe(ultrasound);
});

test('a chosen device that is away is replaced by another', () => {
  expect(pickDevice('camera', [front], { id: 'u', label: 'USB Video Grabber' })).toBe(front);
  expect(pickDevice('camera', [ultrasound, front], { id: 'u', label: ultrasound.label }, ['u'])).toBe(front);
});

test('a phone shows the face with its front and the patient with its back', () => {
  expect(pickDevice('camera', [back, front], undefined)).toBe(front);
  expect(pickDevice('examination', [front, back], undefined)).toBe(back);
});

test('the examination camera is not the one that shows the face', () => {
  expect(pickDevice('examination', [front, ultrasound], undefined, ['f'])).toBe(ultrasound);
  expect(pickDevice('examination', [front], undefined, ['f'])).toBeUndefined();
});

test('devices without names, before permission, are not mistaken for one another', () => {
  const unnamed = { id: '', label: '' };
  expect(pickDevice('microphone', [unnamed], { id: 'x', label: '' })).toBe(unnamed);
});

test('a failure is told in terms of what to do', () => {
  expect(problemOf(new DOMException('', 'NotAllowedError'))).toBe('denied');
  expect(problemOf(new DOMException('', 'NotReadableError'))).toBe('busy');
  expect(problemOf('odd')).toBe('failed');
});

test('the loudspeaker that was chosen plays while it is there, by its name where its id has changed; else the usual one', () => {
  const [usual, headset] = [
    { id: 'default', label: 'Default' },
    { id: 'h', label: 'USB headset' },
  ];
  expect(pickLoudspeaker([usual, headset], headset)).toBe(headset);
  expect(pickLoudspeaker([usual, headset], { id: 'old', label: 'USB headset' })).toBe(headset);
  expect(pickLoudspeaker([usual], headset)).toBeUndefined();
  expect(pickLoudspeaker([usual, headset], undefined)).toBeUndefined();
  expect(pickLoudspeaker([], headset)).toBe(headset);
});
