import { expect, test } from 'vitest';
import { answerLimit, describeFailure, plainAnswer } from './answers.ts';
import { readAcknowledgement } from './hl7-answer.ts';

const read = (text: string, charset = 'UNICODE UTF-8') => readAcknowledgement(Buffer.from(text), 'C1', charset);
const failure = (text: string) => {
  try {
    return read(text).outcome;
  } catch (cause) {
    return describeFailure(cause);
  }
};

test('segments may end with CR, LF or both, and other delimiters are read from MSH', () => {
  expect(read('MSH|^~\\&|A|B\nMSA|AA|C1\n')).toEqual({ outcome: 'accepted', answer: 'AA' });
  expect(read('MSH#*~\\&#A#B\r\nMSA#CE#C1#no*such\r\n')).toEqual({ outcome: 'rejected', answer: 'CE; no*such' });
});

test('an answer without MSA, with another code or without our control id decides nothing', () => {
  expect(failure('MSH|^~\\&|A|B\r')).toMatch(/could not be understood/);
  expect(failure('MSH|^~\\&|A|B\rMSA|XX|C1\r')).toMatch(/MSA-1 XX/);
  expect(failure('MSH|^~\\&|A|B\rMSA|AA\r')).toMatch(/another message/);
  expect(failure('MSA|AA|C1\r')).toMatch(/could not be understood/);
  expect(failure('')).toMatch(/could not be understood/);
});

test('the character set of the answer is the one that it declares', () => {
  const head = 'MSH|^~\\&|||||||ACK|1|P|2.5.1||||||GB 18030-2000\rMSA|AE|C1|';
  const bytes = Buffer.concat([Buffer.from(head), Buffer.from([0xbb, 0xbc, 0xd5, 0xdf])]);
  expect(readAcknowledgement(bytes, 'C1', 'UNICODE UTF-8').answer).toBe('AE; 患者');
});

test('what is kept of an answer is bounded and shows what would hide', () => {
  expect(plainAnswer(`a\u202eb\u0000${'长'.repeat(5000)}`)).toHaveLength(answerLimit);
  expect(plainAnswer('a\u202eb\r\n\n c ')).toBe('a[U+202E]b\nc');
});
