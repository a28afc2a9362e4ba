import type { TemplateView } from '@lianzhen/contracts/reporting.ts';
import type { z } from 'zod';

export type Template = z.infer<typeof TemplateView>;
const templateGroups = ['fit', 'modality', 'any', 'other'] as const;
type TemplateGroup = (typeof templateGroups)[number];
interface Exam {
  modality: string;
  bodyPart: string;
}

/** Radiographs go by several names, by the machine that made them. */
const plain = new Set(['DX', 'CR', 'DR', 'RG']);
const sameModality = (a: string, b: string) => a === b || (plain.has(a) && plain.has(b));

function groupOf(template: Template, exams: readonly Exam[]): TemplateGroup {
  const { modality, bodyPart } = template;
  if (!modality && !bodyPart) return 'any';
  const fitsModality = (exam: Exam) => !modality || sameModality(modality, exam.modality);
  if (exams.some((exam) => bodyPart === exam.bodyPart && fitsModality(exam))) return 'fit';
  return modality && exams.some(fitsModality) ? 'modality' : 'other';
}

const folded = (text: string) => text.toLocaleLowerCase().replace(/\s/g, '');

/**
 * The templates that have all words of a search, in groups: for this exam, this kind of machine, any exam, and others,
 * which are shown only when they are looked for. One's own come first in each.
 */
export function rankTemplates(
  templates: readonly Template[],
  exams: readonly Exam[],
  search: string,
): { group: TemplateGroup; templates: Template[] }[] {
  const words = search.split(/\s+/).filter(Boolean).map(folded);
  const found = templates.filter((one) => {
    const text = folded([one.name, one.nameEn ?? '', one.findings, one.impression, one.advice].join('\u0001'));
    return words.every((word) => text.includes(word));
  });
  return templateGroups
    .filter((group) => group !== 'other' || words.length > 0)
    .map((group) => ({
      group,
      templates: found.filter((one) => groupOf(one, exams) === group).sort((a, b) => Number(b.isOwn) - Number(a.isOwn)),
    }))
    .filter((one) => one.templates.length > 0);
}
