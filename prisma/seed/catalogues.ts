import { pinyin } from 'pinyin-pro';
import type { Tx } from '../client.ts';
import { diagnoses } from './diagnoses.ts';
import { ecgStatements } from './ecg-statements.ts';
import { examCatalogue } from './exam-catalogue.ts';
import { reportTemplates } from './report-templates.ts';

/** Initials and full pinyin, as one types them in a search box. */
function searchable(name: string): string {
  const syllables = pinyin(name, { toneType: 'none', type: 'array', nonZh: 'consecutive', v: true });
  return `${syllables.map((syllable) => syllable[0] ?? '').join('')} ${syllables.join('')}`.toLowerCase().slice(0, 200);
}

/**
 * Adds what a release brought; what a region changed or took out stays as it is. Known by their codes: only what is
 * missing is sent, because every start asks.
 */
export async function fillCatalogues(tx: Tx): Promise<void> {
  const code = { select: { code: true } };
  const exams = missing(examCatalogue, await tx.examCatalogueItem.findMany(code)).map(withPinyin);
  if (exams.length > 0) await tx.examCatalogueItem.createMany({ data: exams });
  const codes = missing(diagnoses, await tx.diagnosisCode.findMany(code)).map(withPinyin);
  if (codes.length > 0) await tx.diagnosisCode.createMany({ data: codes });
  const statements = missing(ecgStatements, await tx.ecgStatement.findMany({ ...code, where: { centreId: null } }));
  if (statements.length > 0) await tx.ecgStatement.createMany({ data: statements });
  if ((await tx.reportTemplate.count({ where: { centreId: null, accountId: null } })) === 0) {
    await tx.reportTemplate.createMany({ data: reportTemplates });
  }
}

function missing<T extends { code: string }>(all: readonly T[], there: ReadonlyArray<{ code: string }>): T[] {
  const known = new Set(there.map(({ code }) => code));
  return all.filter(({ code }) => !known.has(code));
}

const withPinyin = <T extends { name: string }>(item: T) => ({ ...item, pinyin: searchable(item.name) });
