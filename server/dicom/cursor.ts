import type { ByteSource } from './byte-source.ts';
import { invalid } from './invalid.ts';

/** A window into bytes that need not be in memory as a whole. Offsets count from the first byte of the source. */
export interface Cursor {
  buffer: Buffer;
  /** Offset of the window's first byte. */
  base: number;
  at: number;
  readonly size: number;
  /** How much to read at once when the window runs out. */
  chunk: number;
}

export interface ReadRequest {
  offset: number;
  length: number;
}

/**
 * A parser that can be run over memory or over a file: it yields what it wants to read and receives the bytes. One
 * grammar then serves both, and parsing stays synchronous while the window lasts.
 */
export type Reading<T> = Generator<ReadRequest, T, Buffer>;

export function has(cursor: Cursor, length: number): boolean {
  const local = cursor.at - cursor.base;
  return local >= 0 && local + length <= cursor.buffer.length;
}

/** Moves the window so that `length` bytes from `cursor.at` are in it. */
export function* fill(cursor: Cursor, length: number, tag?: number): Reading<void> {
  const left = cursor.size - cursor.at;
  if (length > left) {
    throw invalid({ tag, expected: `${length} bytes`, found: `${left} bytes before the end`, offset: cursor.at });
  }
  const wanted = Math.min(Math.max(length, cursor.chunk), left);
  cursor.buffer = yield { offset: cursor.at, length: wanted };
  cursor.base = cursor.at;
}

/** The next `length` bytes, which the cursor then leaves behind. A view: copy what must outlive the window. */
export function* take(cursor: Cursor, length: number, tag?: number): Reading<Buffer> {
  if (!has(cursor, length)) yield* fill(cursor, length, tag);
  const local = cursor.at - cursor.base;
  cursor.at += length;
  return cursor.buffer.subarray(local, local + length);
}

/** A cursor over bytes in memory never asks for more of them. */
export function cursorOver(bytes: Buffer, at = 0): Cursor {
  return { buffer: bytes, base: 0, at, size: bytes.length, chunk: 0 };
}

export function runInMemory<T>(reading: Reading<T>): T {
  const step = reading.next();
  if (step.done) return step.value;
  throw invalid({ expected: 'bytes in memory', found: 'a value beyond them', offset: step.value.offset });
}

/** @throws HubError dicom-invalid when the source gives fewer bytes than its size promises */
export async function runOver<T>(reading: Reading<T>, source: ByteSource): Promise<T> {
  let step = reading.next();
  while (!step.done) {
    const { offset, length } = step.value;
    const bytes = await source.read(offset, length);
    if (bytes.length !== length) {
      throw invalid({ expected: `${length} bytes`, found: `${bytes.length} bytes`, offset });
    }
    step = reading.next(bytes);
  }
  return step.value;
}
