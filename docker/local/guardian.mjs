/**
 * Outlives the supervisor by a moment: when the supervisor's end of the pipe closes without a good-bye, it was killed,
 * and the guardian stops its children in order. It sits in a session of its own, so that Ctrl-C does not reach it.
 */
import { createInterface } from 'node:readline';
import { stopStrangers } from './processes.mjs';

/** @type {import('./processes.mjs').RunningChild[]} */
let children = [];

for await (const line of createInterface({ input: process.stdin })) {
  // Each line is the whole list anew, so one that was cut off is no loss: the list before it stands.
  try {
    children = JSON.parse(line);
  } catch {}
}
// The good-bye of a supervisor that stopped by itself is an empty list.
await stopStrangers(children);
