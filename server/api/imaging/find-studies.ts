import { HubError } from '@lianzhen/contracts/errors.ts';
import { scopeOfFacilities } from '@lianzhen/db/scope.ts';
import { type DicomAttribute, type DicomJson, text } from '@lianzhen/dicom/model.ts';
import { tags } from '@lianzhen/dicom/tags.ts';
import type { Deps } from '../deps.ts';
import { DimseFailure } from '../dimse/failures.ts';
import type { FindRequest } from '../dimse/handlers.ts';
import { statusCode } from '../dimse/status.ts';
import { answerCharset } from './answer-charset.ts';
import type { DimsePeer } from './dimse-peer.ts';
import { onlyRequested } from './identifier-match.ts';
import { matchToJson } from './search-answer.ts';
import { type Condition, parseCondition } from './search-condition.ts';
import { type Level, searchFieldOf } from './search-fields.ts';
import { search } from './search-store.ts';

const levelOf: Readonly<Record<string, Level>> = { STUDY: 'study', SERIES: 'series', IMAGE: 'instance' };
const uniqueKeys: Record<Level, readonly string[]> = {
  study: [],
  series: [tags.StudyInstanceUID],
  instance: [tags.StudyInstanceUID, tags.SeriesInstanceUID],
};
/** One more than the engine lets through, so that it can say that there are more. */
const mostMatches = 1001;

/** Study Root C-FIND (PS3.4 C.6.2): what the caller's facility has sent or has a part in. */
export async function* findStudies(
  { db, config }: Pick<Deps, 'db' | 'config'>,
  { device }: DimsePeer,
  { identifier, signal }: FindRequest,
): AsyncGenerator<DicomJson> {
  const name = text(identifier, tags.QueryRetrieveLevel) ?? '';
  const level = levelOf[name];
  if (!level) throw new DimseFailure(statusCode.dataSetDoesNotMatch, 'level is not STUDY, SERIES or IMAGE');
  for (const tag of uniqueKeys[level]) {
    if (!text(identifier, tag)) throw new DimseFailure(statusCode.dataSetDoesNotMatch, `unique key ${tag} is missing`);
  }
  const scope = { ...scopeOfFacilities([device.facilityId]), throughConsultations: false };
  const conditions = conditionsOf(identifier, level);
  for (const match of await search(db, scope, { level, conditions, limit: mostMatches, offset: 0 })) {
    if (signal.aborted) return;
    const answer = onlyRequested(matchToJson(match, level), identifier);
    yield {
      ...answer,
      [tags.SpecificCharacterSet]: { vr: 'CS', Value: answerCharset(answer, identifier, device.charsetOverride) },
      [tags.QueryRetrieveLevel]: { vr: 'CS', Value: [name] },
      [tags.RetrieveAETitle]: { vr: 'AE', Value: [config.HUB_DIMSE_AET] },
      [tags.InstanceAvailability]: { vr: 'CS', Value: ['ONLINE'] },
    };
  }
}

/** Keys that cannot be matched are only returned (PS3.4 C.2.2.1.3). */
function conditionsOf(identifier: DicomJson, level: Level): Condition[] {
  try {
    return Object.entries(identifier).flatMap(([tag, attribute]) => {
      const field = searchFieldOf(tag, level);
      return (field && parseCondition(field, keyText(attribute))) ?? [];
    });
  } catch (cause) {
    if (!(cause instanceof HubError)) throw cause;
    throw new DimseFailure(statusCode.dataSetDoesNotMatch, `${cause.details.tag}: ${cause.details.expected}`, {
      cause,
    });
  }
}

/** A key as it would be written: several UIDs with backslashes, the groups of a name with equal signs. */
const keyText = ({ Value: values = [] }: DicomAttribute): string =>
  values
    .map((value) => (value && typeof value === 'object' ? Object.values(value).join('=') : String(value ?? '')))
    .join('\\');
