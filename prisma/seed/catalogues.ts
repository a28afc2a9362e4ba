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

/** Adds what a release brought; what a region changed or took out stays as it is. */
export async function fillCatalogues(tx: Tx): Promise<void> {
  await tx.examCatalogueItem.createMany({
    data: examCatalogue.map((item) => ({ ...item, pinyin: searchable(item.name) })),
    skipDuplicates: true,
  });
  await tx.diagnosisCode.createMany({
    data: diagnoses.map((item) => ({ ...item, pinyin: searchable(item.name) })),
    skipDuplicates: true,
  });
  // Known by their codes: what a release adds comes in, what there is stays as it is.
  await tx.ecgStatement.createMany({ data: [...ecgStatements], skipDuplicates: true });
  if ((await tx.reportTemplate.count({ where: { centreId: null, accountId: null } })) === 0) {
    await tx.reportTemplate.createMany({ data: reportTemplates });
  }
}
