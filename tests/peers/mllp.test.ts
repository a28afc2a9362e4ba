import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { systemClock } from '@lianzhen/platform/clock.ts';
import { createLog } from '@lianzhen/platform/log.ts';
import { describe, expect, onTestFinished, test } from 'vitest';
import { answering, type Hl7Message } from '../../server/api/mllp/answering.ts';
import { createMllpServer } from '../../server/api/mllp/server.ts';
import { sendHl7 } from '../../workers/delivery/adapters/hl7-mllp.ts';
import { renderOru } from '../../workers/reporting/forms/hl7-oru.ts';
import { reportContent, sampleHash } from '../factories/report-content.ts';
import { missingTools, run, temporaryFolder } from './dimse-tools.ts';

const hasSender = missingTools('mllp_send').length === 0;
const log = createLog('test', 'silent');
const order = (id: string) => `MSH|^~\\&|HIS|T01|LIANZHEN|C01|20260301||ORM^O01|${id}|P|2.4\rPID|1||M-7||张三\r`;

/** The listener, taking everything. */
async function listen() {
  const taken: Hl7Message[] = [];
  const handle = answering({ log, clock: systemClock }, async (message) => {
    taken.push(message);
    return { code: 'AA' };
  });
  const server = createMllpServer({ log }, handle);
  const { port } = await server.listen(0, '127.0.0.1');
  onTestFinished(() => server.close(1000));
  return { port, taken };
}

describe.skipIf(!hasSender)('mllp_send of python3-hl7', () => {
  test('sends several messages and prints each acknowledgement', async () => {
    const { port, taken } = await listen();
    const file = join(await temporaryFolder(), 'orders.hl7');
    const framed = ['M1', 'M2', 'M3'].map((id) => `\u000b${order(id)}\u001c\r`).join('');
    writeFileSync(file, framed);
    const { code, output } = await run('mllp_send', ['-p', String(port), '-f', file, '127.0.0.1']);
    expect(code, output).toBe(0);
    expect(output.match(/MSA\|AA\|M\d/g)).toEqual(['MSA|AA|M1', 'MSA|AA|M2', 'MSA|AA|M3']);
    expect(taken.map(({ header, text }) => [header.controlId, text.includes('张三')])).toEqual([
      ['M1', true],
      ['M2', true],
      ['M3', true],
    ]);
  });

  test('loose files are taken too', async () => {
    const { port, taken } = await listen();
    const file = join(await temporaryFolder(), 'loose.hl7');
    writeFileSync(file, order('L1').replaceAll('\r', '\r\n'));
    const { output } = await run('mllp_send', ['--loose', '-p', String(port), '-f', file, '127.0.0.1']);
    expect(output).toContain('MSA|AA|L1');
    expect(taken).toHaveLength(1);
  });
});

test('what the hub sends is taken by what the hub listens with', async () => {
  const { port, taken } = await listen();
  const content = reportContent();
  const bytes = Buffer.from(renderOru(content, { contentHash: sampleHash }));
  const receipt = await sendHl7(
    { form: 'hl7-oru', bytes },
    { id: 'd', kind: 'hl7-mllp', config: { host: '127.0.0.1', port, charset: 'GB 18030-2000' }, secrets: {} },
    { id: '018f0000-0000-7000-8000-00000000d004', content, contentHash: sampleHash },
    new AbortController().signal,
  );
  expect(receipt).toEqual({ outcome: 'accepted', answer: 'AA' });
  expect(taken[0]?.text).toContain('左小腿骨质连续。');
});

// Debian's own, which is the one that has Debian's package.
const python = '/usr/bin/python3';
const canParse = hasSender && (await run(python, ['-c', 'import hl7'])).code === 0;
test.skipIf(!canParse)('python3-hl7 reads the result as it was written', async () => {
  const content = reportContent({ findings: '左|肺^上\\叶&见~结节\n第二行' });
  const file = join(await temporaryFolder(), 'oru.hl7');
  writeFileSync(file, renderOru(content, { contentHash: sampleHash }));
  const script = [
    'import hl7, sys',
    `m = hl7.parse(open(${JSON.stringify(file)}, encoding="utf-8", newline="").read())`,
    'print(len(m.segments("OBR")), m.unescape(str(m.segments("OBX")[0][5])), m["PID.F3.R1.C1"], m["PID.5.1.1"])',
  ];
  const { output } = await run(python, ['-X', 'utf8', '-c', script.join('\n')]);
  expect(output).toContain('左|肺^上\\叶&见~结节');
  expect(output).toMatch(/^2 /);
  expect(output).toContain(' 110101199003020023 张三');
});
