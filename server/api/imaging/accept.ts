import { HubError } from '@lianzhen/contracts/errors.ts';
import { type MediaType, parseMediaType } from '@lianzhen/dicom/mime.ts';

/** One thing a client takes, with `type` of multipart/related unfolded. */
export interface Acceptable {
  /** `type/subtype` of the content or of each part; `*` stands for anything. */
  name: string;
  isMultipart: boolean;
  /** A UID, `*`, or undefined where the client did not say. */
  transferSyntax: string | undefined;
  quality: number;
}

const mostRanges = 40;

/** Reads an Accept header, dearest first. Clients leave out quotes around `type`, and some send nothing at all. */
export function parseAccept(header: string | undefined): Acceptable[] {
  const ranges = splitRanges(header?.trim() || '*/*').slice(0, mostRanges);
  const parsed = ranges.map(parseMediaType).filter((type): type is MediaType => type !== undefined);
  return parsed
    .map(({ name, parameters }) => {
      const isMultipart = name === 'multipart/related';
      const inner = isMultipart ? (parseMediaType(parameters.type ?? '')?.name ?? '*/*') : name;
      const quality = parameters.q === undefined ? 1 : Number(parameters.q) || 0;
      // A wildcard takes the usual form, which has many parts.
      const isAny = name === '*/*' || name === 'multipart/*';
      return {
        name: isAny ? '*/*' : inner,
        isMultipart: isMultipart || isAny,
        transferSyntax: parameters['transfer-syntax'],
        quality,
      };
    })
    .filter(({ quality }) => quality > 0)
    .sort((a, b) => b.quality - a.quality);
}

/** Commas part ranges, but not those within quotes. */
function splitRanges(header: string): string[] {
  return header.slice(0, 4096).match(/(?:[^,"]|"(?:[^"\\]|\\.)*")+/g) ?? [];
}

/** Whether a range names this media type. */
export function covers(range: string, mediaType: string): boolean {
  const [type = '', subtype = ''] = range.toLowerCase().split('/');
  const [given = '', sub = ''] = mediaType.toLowerCase().split('/');
  return (type === '*' || type === given) && (subtype === '*' || subtype === sub);
}

export const notAcceptable = (offered: string[]): HubError => new HubError('not-acceptable', { offered });
