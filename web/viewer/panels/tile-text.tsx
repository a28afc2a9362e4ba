import { syntaxName, transferSyntax } from '../decode/transfer-syntax.ts';
import { useDesk } from '../desk/desk.ts';
import { seenPercent } from '../desk/seen.ts';
import type { Place } from '../frames/load-plan.ts';
import type { LoadedImage } from '../frames/loaded-image.ts';
import { edgeLetters } from '../measure/orientation.ts';
import { type Frame, fitScale } from '../measure/view-transform.ts';
import { dateText, nameText, patientAge, studyMoment } from '../source/patient-text.ts';
import type { ViewerImage, ViewerStudy } from '../source/study-model.ts';
import type { ViewportState } from '../state.ts';
import type { SayText } from '../texts.ts';
import { currentVoi, currentWindow } from '../voi/current-voi.ts';
import { windowText } from '../voi/preset-list.ts';
import { ScaleBarMark } from './scale-bar-mark.tsx';
import type { TileSize } from './use-tile-size.ts';

interface TextProps {
  readonly place: Place;
  readonly image: ViewerImage;
  readonly viewport: ViewportState;
  readonly loaded: LoadedImage | undefined;
  readonly frame: Frame | null;
  readonly size: TileSize;
}

/** Below this width only what one cannot do without is written. */
const roomy = 420;

/** What is written in the corners and at the edges of a tile. */
export function TileText({ place, image, viewport, loaded, frame, size }: TextProps) {
  const { say, study, seen } = useDesk();
  const isRoomy = size.width >= roomy;
  const letters = edgeLetters(image.header, viewport);
  const percent = seenPercent(seen, place.series);
  return (
    <div className={isRoomy ? 'lzv-text' : 'lzv-text lzv-text-small'}>
      <Corner place="tl" lines={patientLines(study, say, isRoomy)} />
      <Corner
        place="tr"
        lines={isRoomy ? [study.institution, studyMoment(study), study.description] : [studyMoment(study)]}
      />
      <Corner place="bl" lines={seriesLines(place, image, say, isRoomy)}>
        <span className={percent === 100 ? 'lzv-seen-all' : undefined}>
          {percent === 100 ? say('seenAll') : say('seen', { percent })}
        </span>
      </Corner>
      <Corner place="br" lines={loaded && frame ? lookLines(loaded, viewport, frame, say) : []}>
        {loaded && <Quality loaded={loaded} />}
      </Corner>
      {letters && (
        <>
          <b className="lzv-edge lzv-edge-t">{letters.top}</b>
          <b className="lzv-edge lzv-edge-r">{letters.right}</b>
          <b className="lzv-edge lzv-edge-b">{letters.bottom}</b>
          <b className="lzv-edge lzv-edge-l">{letters.left}</b>
        </>
      )}
      {loaded && frame && <ScaleBarMark loaded={loaded} frame={frame} viewport={viewport} />}
    </div>
  );
}

interface CornerProps {
  readonly place: 'tl' | 'tr' | 'bl' | 'br';
  readonly lines: readonly string[];
  readonly children?: React.ReactNode;
}

function Corner({ place, lines, children }: CornerProps) {
  return (
    <div className={`lzv-corner lzv-${place}`}>
      {lines.filter(Boolean).map((line, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two lines may say the same.
        <span key={i}>{line}</span>
      ))}
      {children}
    </div>
  );
}

function patientLines(study: ViewerStudy, say: SayText, isRoomy: boolean): string[] {
  const { patient } = study;
  const age = patientAge(patient, study.date);
  const sex =
    patient.sex === 'M' || patient.sex === 'F' || patient.sex === 'O' ? say(`sex.${patient.sex}`) : patient.sex;
  const person = [
    sex,
    age ? say(`age.${age.unit}`, { count: age.count }) : '',
    isRoomy ? dateText(patient.birthDate) : '',
  ];
  return [nameText(patient.name), patient.id, person.filter(Boolean).join(' '), isRoomy ? study.accessionNumber : ''];
}

function seriesLines({ series, index }: Place, { header }: ViewerImage, say: SayText, isRoomy: boolean): string[] {
  const name = [series.number === null ? '' : `#${series.number}`, series.modality, series.description]
    .filter(Boolean)
    .join(' ');
  const count = say('imageOf', { index: index + 1, count: series.images.length });
  if (!isRoomy) return [count];
  const slice = [
    header.sliceLocation === null ? '' : say('slice', { location: header.sliceLocation.toFixed(1) }),
    header.sliceThickness === null ? '' : say('thickness', { thickness: Number(header.sliceThickness.toFixed(2)) }),
  ];
  const side = [header.laterality, header.viewPosition].filter(Boolean).join(' ');
  return [side, name, slice.filter(Boolean).join('  '), count];
}

function lookLines(loaded: LoadedImage, viewport: ViewportState, frame: Frame, say: SayText): string[] {
  const voi = currentVoi(loaded, viewport);
  const { center, width } = currentWindow(loaded, viewport);
  const window = voi.kind === 'table' ? `LUT ${voi.table.explanation}` : windowText(center, width);
  const percent = Math.round(viewport.scale * fitScale(frame, viewport.rotation) * 100);
  const isPlainColour = loaded.picture.kind === 'colour' && viewport.windowWidth === null;
  return [isPlainColour ? '' : window, say('zoom', { percent })];
}

/** Whether something was lost on the way to these pixels, and how they were stored; warnings stand here as well. */
function Quality({ loaded }: { readonly loaded: LoadedImage }) {
  const { say } = useDesk();
  const { picture, image } = loaded;
  const isLossy = picture.isLossy || image.header.lossy === '01';
  const isCertain = transferSyntax(picture.transferSyntaxUid)?.lossy === false || image.header.lossy === '00';
  const kind = isLossy ? say('lossy') : isCertain ? say('lossless') : '';
  return (
    <>
      <span className={isLossy ? 'lzv-lossy' : undefined} data-testid="quality">
        {[kind, syntaxName(picture.transferSyntaxUid)].filter(Boolean).join(' · ')}
      </span>
      {picture.warnings.map(({ code, details }) => (
        <span key={code} className="lzv-warning">
          {say(`warning.${code}`, details)}
        </span>
      ))}
    </>
  );
}
