import { dicomwebSource } from '../../viewer/source/dicomweb-source.ts';
import type { StudySource } from '../../viewer/source/study-source.ts';

/** Enough for the open case, its priors and the next case. */
const most = 16;
const sources = new Map<string, StudySource>();

/**
 * The one source of a study at a revision: the viewer takes over what a prefetch has begun only when both have the same
 * object, and looks anew only when it is given another.
 */
export function sourceOf(studyUid: string, revision = 0): StudySource {
  const key = `${studyUid} ${revision}`;
  const source = sources.get(key) ?? dicomwebSource(studyUid);
  sources.delete(key);
  sources.set(key, source);
  for (const oldest of sources.keys()) {
    if (sources.size <= most) break;
    sources.delete(oldest);
  }
  return source;
}
