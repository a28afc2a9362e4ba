import { named, type Row } from './consultation-layout.ts';
import type { OpinionEvidence } from './opinion-evidence.ts';
import { type ReportLanguage, type ReportWords, reportWords } from './report-words.ts';
import { isCaliper } from './shared-view.ts';

type EvidenceMark = OpinionEvidence['marks'][number];
type EvidenceObject = OpinionEvidence['objects'][number];

const units: Readonly<Record<string, string>> = { mm2: 'mm²', px2: 'px²', deg: '°', uV: 'µV' };

/**
 * The marks of a session and the DICOM objects that hold them, a line each. The same lines stand on the screen, in the
 * PDF, in HL7 and in FHIR.
 */
export const evidenceFacts = ({ marks, objects }: OpinionEvidence, words: ReportWords): Row[] => [
  ...marks.map((mark, at): Row => [`mark-${at + 1}`, words.evidence.mark(at + 1), markText(mark, words), true]),
  ...objects.map(
    (object, at): Row => [
      `object-${at + 1}`,
      words.evidence.objects[object.modality](object.count),
      objectText(object),
      true,
    ],
  ),
];

/** Who marked what, where, and what it measures: `李主任 长度 序列 1 图像 3：长度 57.6 mm`. */
export function markText(mark: EvidenceMark, words: ReportWords): string {
  const { evidence } = words;
  const where = [
    mark.seriesNumber !== null && evidence.series(mark.seriesNumber),
    isCaliper(mark.kind) ? evidence.trace : mark.imageNumber !== null && evidence.image(mark.imageNumber),
    mark.frameCount > 1 && evidence.frame(mark.frame),
    mark.lead && evidence.lead(mark.lead),
  ];
  const head = [mark.author, named(evidence.kinds, mark.kind), ...where].filter(Boolean).join(' ');
  const values = mark.values.map(({ name, value, unit }) =>
    // What the viewer shows: no more digits than a caliper has.
    `${named(evidence.values, name)} ${Number(value.toPrecision(4))} ${named(units, unit)}`.trim(),
  );
  const said = [mark.text, ...values].filter(Boolean).join(words.evidence.comma);
  return said === '' ? head : `${head}${words.colon}${said}`;
}

/** The same lines for messages, which have no labels; each object with its SOP Instance UID. */
export function evidenceLines({ marks, objects }: OpinionEvidence, language: ReportLanguage) {
  const words = reportWords[language];
  return {
    marks: marks.map((mark) => markText(mark, words)),
    objects: objects.map((object) => ({
      sopInstanceUid: object.sopInstanceUid,
      line: `${words.evidence.objects[object.modality](object.count)}\n${objectText(object)}`,
    })),
  };
}

/** Which object, from the study down, as every archive finds it. */
const objectText = (object: EvidenceObject): string =>
  [
    `Study ${object.studyInstanceUid}`,
    `Series ${object.seriesInstanceUid}`,
    `SOP Class ${object.sopClassUid}`,
    `SOP Instance ${object.sopInstanceUid}`,
  ].join('\n');
