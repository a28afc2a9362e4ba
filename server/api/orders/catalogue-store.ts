import type { Tx } from '@lianzhen/db/client.ts';
import { likeText } from '@lianzhen/db/like-text.ts';

const exam = {
  code: true,
  name: true,
  nameEn: true,
  modality: true,
  bodyPart: true,
  bodyPartName: true,
  hasSides: true,
} as const;
const anyCase = (q: string) => ({ contains: likeText(q), mode: 'insensitive' }) as const;

/** The column holds initials and full pinyin in lower case. */
const pinyin = (q: string) => ({ pinyin: { contains: likeText(q.toLowerCase().replace(/\s/g, '')) } });

export const exams = (tx: Tx, line: string, q: string) =>
  tx.examCatalogueItem.findMany({
    where: {
      line,
      active: true,
      ...(q ? { OR: [{ name: anyCase(q) }, { nameEn: anyCase(q) }, { code: anyCase(q) }, pinyin(q)] } : {}),
    },
    select: exam,
    orderBy: [{ modality: 'asc' }, { code: 'asc' }],
    take: 200,
  });

export const diagnoses = (tx: Tx, q: string) =>
  tx.diagnosisCode.findMany({
    where: q
      ? { OR: [{ code: { startsWith: likeText(q.toUpperCase()) } }, { name: { contains: likeText(q) } }, pinyin(q)] }
      : {},
    select: { code: true, name: true },
    orderBy: { code: 'asc' },
    take: 200,
  });
