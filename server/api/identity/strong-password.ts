import { HubError } from '@lianzhen/contracts/errors.ts';
import { Password } from '@lianzhen/contracts/identity.ts';

/** What people choose first, once figures and signs at its ends are taken away (NIST SP 800-63B 3.1.1.2: a blocklist). */
const common = new Set(
  'password passw passwort admin administrator root letmein welcome iloveyou woaini woaiwojia lianzhen yiyuan hospital doctor changeme'.split(
    ' ',
  ),
);
/** Rows of the keyboard and of the alphabet, there and back. */
const rows = [
  'abcdefghijklmnopqrstuvwxyz',
  'qwertyuiop',
  'asdfghjkl',
  'zxcvbnm',
  '01234567890',
  '1qaz2wsx3edc4rfv5tgb',
];
const runs = [...rows, ...rows.map((row) => [...row].reverse().join(''))];

/** @throws `weak-password` with the bounds, or because it is the first thing that one would guess */
export function assertStrong(password: string, username: string): void {
  const parsed = Password.safeParse(password);
  if (!parsed.success) throw new HubError('weak-password', { minimum: 10, maximum: 128 });
  if (isGuessable(password.toLowerCase(), username.toLowerCase()))
    throw new HubError('weak-password', { reason: 'guessable' });
}

function isGuessable(password: string, username: string): boolean {
  const core = password.replace(/^[^a-z]+|[^a-z]+$/g, '');
  return (
    new Set(password).size < 5 ||
    password.includes(username) ||
    // A date or a telephone number.
    /^[\d\s.+/-]+$/.test(password) ||
    common.has(core) ||
    longestRun(password) > password.length / 2
  );
}

/** How many letters in a row follow a row of the keyboard. */
function longestRun(password: string): number {
  let longest = 0;
  for (let from = 0; from < password.length; from++)
    while (runs.some((run) => run.includes(password.slice(from, from + longest + 1)))) {
      if (from + longest + 1 > password.length) return longest;
      longest++;
    }
  return longest;
}
