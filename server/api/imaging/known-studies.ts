const mostKept = 4096;
/** Clocks of two machines run a little apart; a job is trusted to be still waiting for this part of its delay. */
const trusted = 0.8;

/** A sender that pauses longer than this has finished, as far as the next job is concerned. */
const streamingMs = 2000;

interface KnownStudy {
  facilityId: string;
  /** Until this moment of this process's monotonic clock its indexing job has not started. */
  jobAwaitedUntil: number;
}

/**
 * What this process remembers of the studies that arrive, so that most instances need one statement. The owner of a
 * study never changes; everything else is read again when it is not remembered.
 */
export class KnownStudies {
  readonly #studies = new Map<string, KnownStudy>();

  ownerOf(studyInstanceUid: string): string | undefined {
    return this.#studies.get(studyInstanceUid)?.facilityId;
  }

  own(owners: ReadonlyMap<string, string>): void {
    for (const [uid, facilityId] of owners) {
      const jobAwaitedUntil = this.#studies.get(uid)?.jobAwaitedUntil ?? 0;
      // The oldest goes first: a study that arrives is asked about all the time.
      this.#studies.delete(uid);
      this.#studies.set(uid, { facilityId, jobAwaitedUntil });
    }
    for (const uid of this.#studies.keys()) {
      if (this.#studies.size <= mostKept) break;
      this.#studies.delete(uid);
    }
  }

  /** @param asked when the question was sent: the answer's milliseconds count from some moment after it */
  awaitJobs(asked: number, leftMs: ReadonlyMap<string, number>): void {
    for (const [uid, left] of leftMs) {
      const study = this.#studies.get(uid);
      if (study) study.jobAwaitedUntil = asked + left * trusted;
    }
  }

  /** True where a job was promised a short while ago: somebody sends this study, and its next job is one of many. */
  isStreaming(studyInstanceUid: string): boolean {
    const until = this.#studies.get(studyInstanceUid)?.jobAwaitedUntil ?? 0;
    return until > 0 && performance.now() - until < streamingMs;
  }

  /** True while an instance that is committed before this turns false will be seen by the job. */
  isAwaitingJob(studyInstanceUid: string): boolean {
    return (this.#studies.get(studyInstanceUid)?.jobAwaitedUntil ?? 0) > performance.now();
  }
}
