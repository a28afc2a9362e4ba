import { maskIdentifier } from '@lianzhen/contracts/id-card.ts';
import { Difference, QuarantineKind, QuarantineState, type QuarantineView } from '@lianzhen/contracts/imaging.ts';
import type { Tx } from '@lianzhen/db/client.ts';
import type { FacilityScope } from '@lianzhen/db/scope.ts';
import * as store from './quarantine-store.ts';
import { studyRow } from './study-row.ts';
import { readAsked, readMany } from './study-store.ts';

/** As many as a person looks at; the rest is a number. */
const mostImages = 12;

/**
 * Items with both sides: what the images say, and what the order says. The study of another facility, which an image
 * claims to belong to, is not shown.
 */
export async function quarantineViews(
  tx: Tx,
  scope: FacilityScope,
  items: readonly store.ItemFound[],
): Promise<QuarantineView[]> {
  const present = (ids: Array<string | null>) => [...new Set(ids.filter((id) => id !== null))];
  const asked = items.filter(({ orderExamId }) => orderExamId !== null);
  const studies = new Map([
    ...(await readMany(tx, scope, present(items.map(({ studyId }) => studyId)))),
    ...(await readAsked(tx, present(asked.map(({ studyId }) => studyId)))),
  ]);
  const exams = await store.examsOf(tx, present(items.map(({ orderExamId }) => orderExamId)));
  const deciders = present(items.map(({ decidedBy }) => decidedBy));
  const names = await store.namesOf(tx, deciders, present(items.map(({ facilityId }) => facilityId)));
  const itemIds = items.map(({ id }) => id);
  const images = Map.groupBy(await store.imagesOf(tx, itemIds, mostImages), ({ questionId }) => questionId);
  return items.map((item) => {
    const asked = images.get(item.id) ?? [];
    const study = studies.get(item.studyId ?? '');
    const exam = exams.get(item.orderExamId ?? '');
    return {
      id: item.id,
      kind: QuarantineKind.parse(item.kind),
      state: QuarantineState.parse(item.state),
      facilityName: names.get(item.facilityId) ?? '',
      study: study ? studyRow(study) : null,
      sopInstanceUid: item.sopInstanceUid,
      imageCount: asked[0]?.total ?? 0,
      images: asked.map(({ sopInstanceUid, seriesNumber, number }) => ({ sopInstanceUid, seriesNumber, number })),
      order: exam ? orderOf(exam) : null,
      differences: Difference.array().parse(item.differences),
      reason: item.reason,
      decidedByName: names.get(item.decidedBy ?? '') ?? null,
      decidedAt: item.decidedAt?.toISOString() ?? null,
      createdAt: item.createdAt.toISOString(),
    };
  });
}

function orderOf({ accessionNumber, examName, order }: store.ExamShown): NonNullable<QuarantineView['order']> {
  const { patient } = order;
  return {
    id: order.id,
    number: order.number,
    accessionNumber,
    examName,
    patient: {
      id: patient.id,
      name: patient.name,
      sex: patient.sex,
      birthDate: patient.birthDate?.toISOString().slice(0, 10) ?? null,
      identifiers: patient.identifiers.map(({ value }) => maskIdentifier(value)),
    },
  };
}
