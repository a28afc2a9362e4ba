import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';

/** Runs two programs in a row in a process of their own; each says its name, and the first one waits to be ended. */
function twoInARow(first: string): ChildProcessWithoutNullStreams {
  const script = `
    import { runInForeground } from ${JSON.stringify(new URL('foreground.mjs', import.meta.url).href)};
    const run = (code) => runInForeground(process.execPath, ['-e', code], { cwd: process.cwd(), env: process.env });
    const isGood = await run(${JSON.stringify(first)});
    await run("console.log('second after ' + " + isGood + ")");`;
  return spawn(process.execPath, ['--input-type=module', '-e', script]);
}

async function wordsOf(child: ChildProcessWithoutNullStreams, onWord: (word: string) => void = () => undefined) {
  let words = '';
  child.stdout.on('data', (chunk: Buffer) => {
    words += chunk;
    onWord(String(chunk));
  });
  const [code] = (await once(child, 'close')) as [number];
  return { words: words.trim().split('\n'), code };
}

test('the next one begins however the first one ended', async () => {
  expect(await wordsOf(twoInARow('process.exit(3)'))).toEqual({ words: ['second after false'], code: 0 });
  expect(await wordsOf(twoInARow('0'))).toEqual({ words: ['second after true'], code: 0 });
});

test.for([
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)('%s ends what runs, and nothing begins after it', async ([signal, code]) => {
  const child = twoInARow("console.log('first'); setInterval(() => {}, 1000)");
  const said = await wordsOf(child, () => void child.kill(signal));
  expect(said).toEqual({ words: ['first'], code });
});
