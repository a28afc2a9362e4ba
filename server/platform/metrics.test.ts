import { expect, test } from 'vitest';
import { askedByNode, registry } from './metrics.ts';

test('who does not answer, or cannot, leaves the other metrics as they are', async () => {
  askedByNode('test_answered', 'x', async () => [{ node: 'a', value: 3 }]);
  askedByNode('test_silent', 'x', () => new Promise(() => undefined), 5);
  askedByNode('test_refused', 'x', () => Promise.reject(new Error('connection is closed')));
  const text = await registry.metrics();
  expect(text).toMatch(/test_answered\{node="a",[^}]*\} 3/);
  expect(text).toContain('process_cpu_seconds_total');
  expect(text).not.toMatch(/^test_(silent|refused)\{/m);
});
