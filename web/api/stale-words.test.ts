import { expect, test } from 'vitest';
import { wordsTouchedByTopic } from './stale-words.ts';

test('what may be done with a study follows its request, its case and its report', () => {
  for (const topic of ['study', 'order', 'case', 'report'] as const)
    expect([topic, wordsTouchedByTopic(topic)]).toEqual([topic, expect.arrayContaining(['imaging'])]);
});
