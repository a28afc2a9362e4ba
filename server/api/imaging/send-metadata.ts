import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { applicationDicomJson, applicationJson } from '@lianzhen/dicom/mime.ts';
import type { Deps } from '../deps.ts';
import { covers, notAcceptable } from './accept.ts';
import { withBulkUris } from './metadata-text.ts';
import { attributeTexts, type RetrievedInstance } from './retrieve-store.ts';
import { baseOf } from './service-base.ts';
import { acceptOf, isKept, type Wanted } from './wanted.ts';

const pageSize = 100;

/**
 * Attributes without bulk data (PS3.18 10.4.1.4), as the text that indexing stored: made once, sent as it is. Streams by
 * pages, so that the first images of a long study are known before its last.
 */
export async function sendMetadata({ db, config }: Pick<Deps, 'db' | 'config'>, wanted: Wanted): Promise<void> {
  const { req, res, study, instances } = wanted;
  const isTaken = acceptOf(req).some(({ name }) => covers(name, applicationDicomJson) || covers(name, applicationJson));
  if (!isTaken) throw notAcceptable([applicationDicomJson]);
  const base = baseOf(config, req);
  if (isKept(wanted, `${study.revision}-${instances.length}`)) return;
  res.type(applicationDicomJson);
  const text = Readable.from(arrayText(), { objectMode: false });
  async function* arrayText(): AsyncGenerator<string> {
    let before = '[';
    for (let at = 0; at < instances.length; at += pageSize) {
      const page = instances.slice(at, at + pageSize);
      const texts = await attributeTexts(
        db,
        page.map(({ id }) => id),
      );
      yield before + texts.map((one, index) => withBulkUris(one, base, pathOfInstance(page[index]))).join(',');
      before = ',';
    }
    yield ']';
  }
  const pathOfInstance = (instance: RetrievedInstance | undefined) => ({ ...study, ...instance });
  return pipeline(text, res);
}
