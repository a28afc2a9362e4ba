/** How much of one opened study was on screen. */
export interface SeenStudy {
  /** Series that were seen in full. */
  whole: number;
  all: number;
}

/** How much of a case's images was on screen. */
export interface SeenCase extends SeenStudy {
  /** Studies of the case that were not opened at this desk: nothing is known of their series here. */
  unopened: number;
}

/** What was seen of the studies that were opened, by their UID. */
export type SeenStudies = ReadonlyMap<string, SeenStudy>;

/** The same map when no number changes, though the viewer tells every percent. */
export function withSeen(
  studies: SeenStudies,
  studyUid: string,
  percentBySeries: Readonly<Record<string, number>>,
): SeenStudies {
  const percents = Object.values(percentBySeries);
  const now = { whole: percents.filter((percent) => percent >= 100).length, all: percents.length };
  const before = studies.get(studyUid);
  return before?.whole === now.whole && before.all === now.all ? studies : new Map(studies).set(studyUid, now);
}

/** @param studyUids the studies that the case has now; what was seen of another does not count */
export function seenOf(studyUids: readonly string[], studies: SeenStudies): SeenCase {
  const opened = studyUids.flatMap((uid) => studies.get(uid) ?? []);
  return {
    whole: opened.reduce((sum, { whole }) => sum + whole, 0),
    all: opened.reduce((sum, { all }) => sum + all, 0),
    unopened: studyUids.length - opened.length,
  };
}
