import { z } from 'zod';

const Range = z.tuple([z.number().int().min(0), z.number().int().min(0)]);

/**
 * Where in an instance's blob (or in its rendition, where there is one) frames and bulk data lie: offsets and lengths in
 * bytes. Workers write it when they index; the DICOMweb edge reads it.
 */
export const InstanceBytes = z.object({
  /** One entry for each frame; several ranges where a frame was cut into fragments. A video is one entry. */
  frames: z.array(z.array(Range)),
  isVideo: z.boolean(),
  /** By path, as `54000100/0/54001010`. */
  bulk: z.record(
    z.string(),
    z.object({ vr: z.string(), offset: z.number().int().min(0), length: z.number().int().min(0) }),
  ),
});
export type InstanceBytes = z.infer<typeof InstanceBytes>;
