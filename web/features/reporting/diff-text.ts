export interface Piece {
  kind: 'same' | 'removed' | 'added';
  text: string;
}

/** Clauses with the mark that ends them: what a doctor changes is mostly one of them. */
const clause = /[^，。；、！？,;!?\n]*[，。；、！？,;!?\n]?/gu;
/** Beyond this the comparison would be felt while one types; such a text is told as replaced. */
const mostClauses = 1500;

/** What was taken out of a text and what was put in, by clauses (longest common subsequence). */
export function diffText(before: string, after: string): Piece[] {
  const a = before.match(clause)?.filter(Boolean) ?? [];
  const b = after.match(clause)?.filter(Boolean) ?? [];
  const start = commonStart(a, b);
  const end = commonStart(a.slice(start).reverse(), b.slice(start).reverse());
  const middle = between(a.slice(start, a.length - end), b.slice(start, b.length - end));
  return sharpen([
    ...a.slice(0, start).map((text): Piece => ({ kind: 'same', text })),
    ...middle,
    ...a.slice(a.length - end).map((text): Piece => ({ kind: 'same', text })),
  ]);
}

/** A clause that was changed within is told by what was changed in it, where most of it stayed. */
function sharpen(pieces: readonly Piece[]): Piece[] {
  const sharp: Piece[] = [];
  const joined = join(pieces);
  for (let at = 0; at < joined.length; at++) {
    const [piece, next] = [joined[at], joined[at + 1]];
    if (piece?.kind === 'removed' && next?.kind === 'added') {
      sharp.push(...within(piece.text, next.text));
      at++;
    } else if (piece) sharp.push(piece);
  }
  return join(sharp);
}

function within(removed: string, added: string): Piece[] {
  const [a, b] = [[...removed], [...added]];
  const start = commonStart(a, b);
  const end = commonStart(a.slice(start).reverse(), b.slice(start).reverse());
  const whole: Piece[] = [
    { kind: 'removed', text: removed },
    { kind: 'added', text: added },
  ];
  if ((start + end) * 2 < Math.min(a.length, b.length)) return whole;
  const pieces: Piece[] = [
    { kind: 'same', text: a.slice(0, start).join('') },
    { kind: 'removed', text: a.slice(start, a.length - end).join('') },
    { kind: 'added', text: b.slice(start, b.length - end).join('') },
    { kind: 'same', text: a.slice(a.length - end).join('') },
  ];
  return pieces.filter(({ text }) => text !== '');
}

function commonStart(a: readonly string[], b: readonly string[]): number {
  let length = 0;
  while (length < a.length && length < b.length && a[length] === b[length]) length++;
  return length;
}

function between(a: readonly string[], b: readonly string[]): Piece[] {
  const removed = (text: string): Piece => ({ kind: 'removed', text });
  const added = (text: string): Piece => ({ kind: 'added', text });
  if (a.length > mostClauses || b.length > mostClauses) return [...a.map(removed), ...b.map(added)];
  const lengths = commonLengths(a, b);
  const at = (i: number, j: number) => lengths[i * (b.length + 1) + j] ?? 0;
  const pieces: Piece[] = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    const [left, right] = [a[i], b[j]];
    if (left !== undefined && left === right) {
      pieces.push({ kind: 'same', text: left });
      i++;
      j++;
    } else if (right === undefined || (left !== undefined && at(i + 1, j) >= at(i, j + 1))) {
      pieces.push(removed(left ?? ''));
      i++;
    } else {
      pieces.push(added(right));
      j++;
    }
  }
  return pieces;
}

/** Length of the longest common subsequence of what follows each pair of places. */
function commonLengths(a: readonly string[], b: readonly string[]): Uint16Array {
  const width = b.length + 1;
  const lengths = new Uint16Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      lengths[i * width + j] =
        a[i] === b[j]
          ? (lengths[(i + 1) * width + j + 1] ?? 0) + 1
          : Math.max(lengths[(i + 1) * width + j] ?? 0, lengths[i * width + j + 1] ?? 0);
    }
  }
  return lengths;
}

function join(pieces: readonly Piece[]): Piece[] {
  const joined: Piece[] = [];
  for (const piece of pieces) {
    const last = joined.at(-1);
    if (last?.kind === piece.kind) last.text += piece.text;
    else joined.push({ ...piece });
  }
  return joined;
}
