import { dayText } from '@lianzhen/contracts/report-dates.ts';
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
export function studyChoices(studies: readonly AttachedStudy[]): SharedStudyChoice[] {
  const choices = studies.map(({ studyInstanceUid, modalities, description, studyDate }) => {
    const own = modalities.filter((modality) => !made.includes(modality));
    const isTrace = own.includes('ECG');
    const others = own.filter((modality) => modality !== 'ECG').join(' ');
    return { studyInstanceUid, isTrace, title: [others, description, dayText(studyDate)].filter(Boolean).join(' · ') };
  });
  // An electrocardiogram that was recorded again is called the same on the same day.
  return choices.map((choice) => {
    const alike = choices.filter(({ isTrace, title }) => isTrace === choice.isTrace && title === choice.title);
    if (alike.length === 1) return choice;
    return { ...choice, title: `${choice.title} (${alike.indexOf(choice) + 1}/${alike.length})` };
  });
}

/** How a study is called in the list: `心电图 · 十二导联心电图 · 2026-11-22`. @param traceWord for an electrocardiogram */
export const choiceTitle = ({ isTrace, title }: SharedStudyChoice, traceWord: string): string =>
  [isTrace && traceWord, title].filter(Boolean).join(' · ');
