import type { SharedStudyChoice } from './shared-room.ts';

interface AttachedStudy {
  readonly studyInstanceUid: string;
  readonly modalities: readonly string[];
  readonly description: string | null;
  readonly studyDate: string | null;
}

/** What a session leaves behind in a study is not what the study is. */
const made: readonly string[] = ['PR', 'KO', 'SR'];

/** The attached studies under the names by which they are chosen. */
export const studyChoices = (studies: readonly AttachedStudy[]): SharedStudyChoice[] =>
  studies.map(({ studyInstanceUid, modalities, description, studyDate }) => {
    const own = modalities.filter((modality) => !made.includes(modality)).join(' ');
    return { studyInstanceUid, title: [own, description, studyDate].filter(Boolean).join(' · ') };
  });
