import { oc } from '@orpc/contract';
import { z } from 'zod';
import { Id, Instant } from './fields.ts';
import { MarkKind } from './shared-view.ts';

/** Where in a study: UIDs for machines, numbers as the images themselves have them for people. */
const Place = z.object({
  studyInstanceUid: z.string(),
  seriesInstanceUid: z.string(),
  sopInstanceUid: z.string(),
  frame: z.number().int(),
  seriesNumber: z.number().int().nullable(),
  seriesDescription: z.string().nullable(),
  imageNumber: z.number().int().nullable(),
  /** An electrocardiogram, not an image. */
  isTrace: z.boolean(),
});

/** What the room said about the pictures: who led, what was opened, looked at and marked, when the opinion was signed. */
export const PictureEvent = z.object({
  seq: z.number().int(),
  at: Instant,
  byName: z.string(),
  what: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('lead'), toName: z.string().nullable() }),
    z.object({ kind: z.literal('opened'), studyInstanceUid: z.string() }),
    z.object({ kind: z.literal('looked'), place: Place }),
    z.object({
      kind: z.literal('marked'),
      markId: Id,
      markKind: MarkKind,
      /** Of a caliper. */
      lead: z.string().optional(),
      text: z.string(),
      values: z.array(z.object({ name: z.string(), value: z.number(), unit: z.string() })),
      place: Place,
    }),
    z.object({ kind: z.literal('unmarked'), markId: Id }),
    z.object({ kind: z.literal('opinion'), versionNumber: z.number().int() }),
  ]),
});
export type PictureEvent = z.infer<typeof PictureEvent>;

/** One object that was made of it, in the study it is about. */
export const SavedObject = z.object({
  studyInstanceUid: z.string(),
  seriesInstanceUid: z.string(),
  sopInstanceUid: z.string(),
  /** Presentation state, key object selection, measurement report. */
  modality: z.enum(['PR', 'KO', 'SR']),
  savedAt: Instant,
});
export type SavedObject = z.infer<typeof SavedObject>;

const ofId = z.object({ id: Id });

export const consultationPicturesContract = {
  pictures: oc
    .route({ method: 'GET', path: '/consultations/{id}/pictures' })
    .input(ofId)
    .output(z.object({ events: z.array(PictureEvent), isWhole: z.boolean(), saved: z.array(SavedObject) })),
  /** Saves what is marked by now as DICOM, before the session ends; to be seen by `pictures` once it is done. */
  savePictures: oc
    .route({ method: 'POST', path: '/consultations/{id}/pictures' })
    .input(ofId)
    .output(z.object({ ok: z.literal(true) })),
};
