import { z } from 'zod';
import { MarkKind } from './shared-view.ts';

/** An object in a study that was made of a room's marks (PS3.3): presentation state, key objects, measurement report. */
const EvidenceObject = z.object({
  modality: z.enum(['PR', 'KO', 'SR']),
  title: z.string(),
  studyInstanceUid: z.string(),
  seriesInstanceUid: z.string(),
  sopClassUid: z.string(),
  sopInstanceUid: z.string(),
  /** Marks of a presentation state, images of key objects, measurements of a report. */
  count: z.number().int().min(0),
});
/** A mark as it stood when the opinion was signed; numbers are those that the images have for people. */
const EvidenceMark = z.object({
  author: z.string(),
  kind: MarkKind,
  text: z.string(),
  values: z.array(z.object({ name: z.string(), value: z.number(), unit: z.string() })),
  studyInstanceUid: z.string(),
  sopInstanceUid: z.string(),
  frame: z.number().int(),
  frameCount: z.number().int(),
  seriesNumber: z.number().int().nullable(),
  imageNumber: z.number().int().nullable(),
  /** Of a caliper on an electrocardiogram. */
  lead: z.string().optional(),
});

/** What an opinion rests on: the marks of its room, and the DICOM objects that hold them. */
export const OpinionEvidence = z.object({ objects: z.array(EvidenceObject), marks: z.array(EvidenceMark) });
export type OpinionEvidence = z.infer<typeof OpinionEvidence>;
