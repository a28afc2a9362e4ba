import { useQuery } from '@tanstack/react-query';
import { App, Button } from 'antd';
import { ask, useAct } from '../../../api/queries.ts';
import { Loaded } from '../../../ui/loaded.tsx';
import { Panel } from '../../../ui/page.tsx';
import { shortTime } from '../../../ui/time.ts';
import { ToneTag } from '../../../ui/tone-tag.tsx';
import { type PictureLine, pictureLines } from './picture-lines.ts';
import type { SharedStudyChoice } from './shared-room.ts';
import { choiceTitle } from './study-choices.ts';
import { useSharedText } from './texts.ts';

interface PicturesPanelProps {
  readonly consultationId: string;
  readonly studies: readonly SharedStudyChoice[];
  /** Whether this person may have the marks saved now. */
  readonly canSave: boolean;
}

/** What was looked at and marked, by whom and when, and what was saved of it as DICOM. */
export function PicturesPanel({ consultationId, studies, canSave }: PicturesPanelProps) {
  const t = useSharedText();
  const { message } = App.useApp();
  const read = useQuery(ask('consultation', 'pictures', { id: consultationId }));
  const save = useAct('consultation', 'savePictures', { onSuccess: () => message.success(t('saving')) });
  return (
    <Panel title={t('pictures')}>
      <Loaded query={read} rows={2}>
        {({ events, isWhole, saved }) => (
          <>
            <div className="spread" data-testid="saved-pictures" data-count={saved.length}>
              <span className="row">
                {saved.length === 0 && <span className="muted">{t('savedNone')}</span>}
                {(['PR', 'KO', 'SR'] as const).map((modality) => {
                  const count = saved.filter((one) => one.modality === modality).length;
                  return count > 0 ? (
                    <ToneTag key={modality} tone="good">
                      {t(`saved.${modality}`)} {count}
                    </ToneTag>
                  ) : null;
                })}
              </span>
              {canSave && events.length > 0 && (
                <Button
                  size="small"
                  loading={save.isPending}
                  onClick={() => save.mutate({ id: consultationId })}
                  data-testid="save-pictures"
                >
                  {t('saveNow')}
                </Button>
              )}
            </div>
            {events.length === 0 && <p className="muted">{t('nothingLooked')}</p>}
            <ol className="consult-events">
              {pictureLines(events).map((line) => (
                <li key={line.seq} data-testid="picture-line" data-kind={line.kind}>
                  <span className="num muted">{shortTime(line.at)}</span> {line.byName}{' '}
                  <LineText line={line} studies={studies} />
                </li>
              ))}
            </ol>
            {!isWhole && <p className="muted">{t('notWhole')}</p>}
          </>
        )}
      </Loaded>
    </Panel>
  );
}

function LineText({ line, studies }: { readonly line: PictureLine; readonly studies: readonly SharedStudyChoice[] }) {
  const t = useSharedText();
  if (line.kind === 'lead') return line.toName === null ? t('did.noLead') : t('did.lead', { name: line.toName });
  if (line.kind === 'opinion') return t('did.opinion', { number: line.versionNumber });
  if (line.kind === 'opened') {
    const study = studies.find(({ studyInstanceUid }) => studyInstanceUid === line.studyInstanceUid);
    return t('did.opened', { study: study ? choiceTitle(study, t('trace')) : '' });
  }
  const { place } = line;
  const number = place.seriesNumber === null ? '' : `#${place.seriesNumber}`;
  const series = [number, place.seriesDescription].filter(Boolean).join(' ');
  if (line.kind === 'looked')
    return place.isTrace
      ? t('did.lookedTrace', { series })
      : t('did.looked', { series, images: line.images.join(', ') });
  const values = line.mark.values.map(({ value, unit }) => `${Number(value.toPrecision(4))} ${unit}`).join(', ');
  const kind = t(`kind.${line.mark.markKind}`);
  const said = place.isTrace
    ? t('did.markedTrace', { series, lead: line.mark.lead ?? '', kind })
    : t('did.marked', { series, image: place.imageNumber ?? '?', kind });
  return (
    <>
      {line.isGone ? <s>{said}</s> : said}
      {values && <span className="num"> {values}</span>}
    </>
  );
}
