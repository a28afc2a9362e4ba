let sequence = 0;

/** An ID card number that passes its check (GB 11643); another one each time where `at` is left to count. */
export function idCard(birthDate: string, sex: 'male' | 'female', at = 1): string {
  const digits = `622301${birthDate.replaceAll('-', '')}${String(at * 2 + (sex === 'male' ? 1 : 0)).padStart(3, '0')}`;
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  const sum = weights.reduce((total, weight, place) => total + weight * Number(digits[place]), 0);
  return digits + '10X98765432'[sum % 11];
}

/** One that no other call has given. */
export const freshIdCard = (birthDate: string, sex: 'male' | 'female'): string =>
  idCard(birthDate, sex, ++sequence + 1);
