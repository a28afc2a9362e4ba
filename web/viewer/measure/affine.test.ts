import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Affine, applyAffine, invertAffine, multiply, rotation, scaling, translate } from './affine.ts';

const number = fc.double({ min: -50, max: 50, noNaN: true });
const factor = fc.double({ min: 0.1, max: 9, noNaN: true });
const transform: fc.Arbitrary<Affine> = fc
  .tuple(number, number, number, factor, factor)
  .map(([x, y, turn, wide, high]) => multiply(translate(x, y), multiply(rotation(turn), scaling(wide, high))));

test('the inverse leads back', () => {
  fc.assert(
    fc.property(transform, number, number, (m, x, y) => {
      const back = applyAffine(invertAffine(m), applyAffine(m, { x, y }));
      expect(back.x).toBeCloseTo(x, 6);
      expect(back.y).toBeCloseTo(y, 6);
    }),
  );
});

test('a product does the right one first', () => {
  fc.assert(
    fc.property(transform, transform, number, number, (m, n, x, y) => {
      const both = applyAffine(multiply(m, n), { x, y });
      const one = applyAffine(m, applyAffine(n, { x, y }));
      expect(both.x).toBeCloseTo(one.x, 6);
      expect(both.y).toBeCloseTo(one.y, 6);
    }),
  );
});
