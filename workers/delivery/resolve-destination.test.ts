import { createServer } from 'node:http';
import { createServer as createTcp } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { listenOn } from '../../tests/sims/listen.ts';
import { describeFailure } from './answers.ts';
import { boundedFetch } from './bounded-fetch.ts';
import { callMllp } from './mllp-call.ts';
import { pinnedTo } from './pinned-lookup.ts';
import { resolveDestination } from './resolve-destination.ts';

const calm = new AbortController().signal;
const list = { hosts: [{ kind: 'name', name: 'his.example' } as const], isOpen: false };
const to = (address: string) => async () => [{ address, family: 4 }];
const fhir = { kind: 'fhir', config: { baseUrl: 'https://his.example:8443/fhir' } } as const;
const hl7 = (host: string) => ({ kind: 'hl7-mllp', config: { host, port: 2575 } }) as const;
const saidOf = (asked: Promise<unknown>) => asked.then(() => 'allowed', describeFailure);

test('a channel is looked up when it is used', async () => {
  expect(await resolveDestination(list, fhir, calm, to('203.0.113.7'))).toEqual([
    { address: '203.0.113.7', family: 4 },
  ]);
  expect(await resolveDestination(list, { kind: 'inbox', config: {} }, calm)).toBeUndefined();
});

test('a name that leads elsewhere since it was saved is not connected to, and the ledger names the setting', async () => {
  for (const address of ['127.0.0.1', '169.254.169.254'])
    expect(await saidOf(resolveDestination(list, fhir, calm, to(address)))).toMatch(
      /不允许连接.*may not connect to this host \(his\.example; HUB_DESTINATION_HOSTS\)/,
    );
  const said = await saidOf(resolveDestination(list, hl7('10.0.0.5'), calm));
  expect(said).toContain('(10.0.0.5; HUB_DESTINATION_HOSTS)');
});

test('a resolver that fails or stays silent leaves it open', async () => {
  const missing = async () => Promise.reject(Object.assign(new Error('no'), { code: 'ENOTFOUND' }));
  expect(await saidOf(resolveDestination(list, fhir, calm, missing))).toMatch(/connection failed \(ENOTFOUND\)/);
  const given = AbortSignal.timeout(20);
  expect(await saidOf(resolveDestination(list, fhir, given, () => new Promise(() => undefined)))).toMatch(/no answer/);
});

test('what was checked is what is connected to, under the name that was configured', async () => {
  const asked: (string | undefined)[] = [];
  const web = createServer((request, response) => {
    asked.push(request.headers.host);
    response.end('{}');
  });
  const mllp = createTcp((socket) => socket.end(Buffer.from('\u000bMSA|AA\u001c\r')));
  const [webPort, mllpPort] = [await listenOn(web, 0), await listenOn(mllp, 0)];
  onTestFinished(() => {
    web.close();
    mllp.close();
  });
  const pinned = pinnedTo([{ address: '127.0.0.1', family: 4 }]);
  const url = new URL(`http://his.invalid:${webPort}/fhir`);
  const answer = await boundedFetch(url, { method: 'POST', headers: {}, body: '{}', ...pinned }, 2000, calm);
  expect([answer.status, asked]).toEqual([200, [`his.invalid:${webPort}`]]);
  const said = await callMllp({ host: 'his.invalid', port: mllpPort, ...pinned }, Buffer.from('MSH'), 2000, calm);
  expect(said.toString()).toBe('MSA|AA');
});
