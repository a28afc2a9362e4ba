import type { PictureEvent } from '@lianzhen/contracts/consultation-pictures.ts';

type What = PictureEvent['what'];
type Place = Extract<What, { kind: 'looked' }>['place'];

/** A line of the case's history of the pictures. Looks one after another in one series are one line. */
export type PictureLine = { readonly seq: number; readonly at: string; readonly byName: string } & (
  | { readonly kind: 'looked'; readonly place: Place; readonly images: readonly string[] }
  | {
      readonly kind: 'marked';
      readonly place: Place;
      readonly mark: Extract<What, { kind: 'marked' }>;
      readonly isGone: boolean;
    }
  | { readonly kind: 'lead'; readonly toName: string | null }
  | { readonly kind: 'opened'; readonly studyInstanceUid: string }
  | { readonly kind: 'opinion'; readonly versionNumber: number }
);

/** Number of the image and, beyond the first of several, of the frame. */
const imageText = ({ imageNumber, frame }: Place): string => `${imageNumber ?? '?'}${frame > 1 ? `/${frame}` : ''}`;

/** The history for people, in order: a mark that was drawn again stands where it was last, one taken away says so. */
export function pictureLines(events: readonly PictureEvent[]): PictureLine[] {
  const gone = new Set<string>();
  const lastOf = new Map<string, number>();
  for (const { seq, what } of events) {
    if (what.kind === 'unmarked') gone.add(what.markId);
    if (what.kind === 'marked') lastOf.set(what.markId, seq);
  }
  const lines: PictureLine[] = [];
  for (const { seq, at, byName, what } of events) {
    const base = { seq, at, byName };
    if (what.kind === 'unmarked') continue;
    if (what.kind === 'looked') addLook(lines, { ...base, place: what.place });
    else if (what.kind === 'marked') {
      if (lastOf.get(what.markId) !== seq) continue;
      lines.push({ ...base, kind: 'marked', place: what.place, mark: what, isGone: gone.has(what.markId) });
    } else lines.push({ ...base, ...what });
  }
  return lines;
}

interface Look {
  readonly seq: number;
  readonly at: string;
  readonly byName: string;
  readonly place: Place;
}

function addLook(lines: PictureLine[], look: Look): void {
  const last = lines.at(-1);
  const image = imageText(look.place);
  const isSame =
    last?.kind === 'looked' &&
    last.byName === look.byName &&
    last.place.seriesInstanceUid === look.place.seriesInstanceUid;
  if (!isSame) lines.push({ ...look, kind: 'looked', images: [image] });
  else if (!last.images.includes(image)) lines[lines.length - 1] = { ...last, images: [...last.images, image] };
}
