/** As much of an order as is attached with it. */
export interface OrderEvidence {
  id: string;
  exams: readonly { studies: readonly { id: string }[] }[];
  latestVersionId: string | null;
}
interface Attachments {
  studyIds: string[];
  orderIds: string[];
  versionIds: string[];
}

const toggled = (ids: readonly string[], some: readonly string[], isOn: boolean): string[] => {
  const others = ids.filter((id) => !some.includes(id));
  return isOn ? [...others, ...some] : others;
};

/** The attachments with an order, its studies and its latest report, or without them. */
export function attached(before: Attachments, order: OrderEvidence, isOn: boolean): Attachments {
  const studies = order.exams.flatMap((exam) => exam.studies.map(({ id }) => id));
  return {
    orderIds: toggled(before.orderIds, [order.id], isOn),
    studyIds: toggled(before.studyIds, studies, isOn),
    versionIds: toggled(before.versionIds, order.latestVersionId ? [order.latestVersionId] : [], isOn),
  };
}
