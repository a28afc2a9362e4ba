import { useQuery } from '@tanstack/react-query';
import { ask } from '../../api/queries.ts';
import { useLanguage } from '../../api/texts.ts';
import { useNames } from '../../api/vocabulary.ts';
import { Loaded } from '../../ui/loaded.tsx';
import { Panel } from '../../ui/page.tsx';
import { shortTime, spanText } from '../../ui/time.ts';
import { ToneTag } from '../../ui/tone-tag.tsx';
import type { Consultation } from './consultation.ts';
import { useConsultationText } from './texts.ts';

/** Where a fact is told with an hour, the ledger has it as the world has it; people have it as their clock does. */
const withLocalTime = (text: string): string => (/^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(text) ? shortTime(text) : text);

/** What has happened, who was there and for how long. */
export function TimelinePanel({ kase }: { kase: Consultation }) {
  const t = useConsultationText();
  const names = useNames();
  const language = useLanguage();
  const read = useQuery(ask('consultation', 'timeline', { id: kase.id }));
  return (
    <Panel title={t('timeline')}>
      <Loaded query={read} rows={3}>
        {({ events, attendance, interruptions, durationSeconds }) => (
          <>
            {durationSeconds > 0 && (
              <p className="strong">
                {t('duration', { span: spanText(durationSeconds * 1000, language) })}
                {interruptions.length > 0 && (
                  <span className="muted"> · {t('interruptions', { n: interruptions.length })}</span>
                )}
              </p>
            )}
            {attendance.length > 0 && (
              <>
                <h3 className="consult-sub">{t('attendance')}</h3>
                {attendance.map((one) => (
                  <div key={`${one.seatId}-${one.joinedAt}`} className="spread" data-testid="attendance">
                    <span>
                      {one.name} <span className="muted">{names('seatRole', one.role)}</span>
                    </span>
                    <span className="muted num">
                      {shortTime(one.joinedAt)} –{' '}
                      {one.leftAt ? shortTime(one.leftAt) : <ToneTag tone="good">{t('inRoomNow')}</ToneTag>}
                    </span>
                  </div>
                ))}
              </>
            )}
            <ol className="consult-events">
              {events.toReversed().map((event, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: two facts may have one time and kind; facts only come.
                <li key={events.length - at}>
                  <span className="num muted">{shortTime(event.at)}</span> {names('consultationEvent', event.kind)}
                  {event.byName && <span className="muted"> · {event.byName}</span>}
                  {event.reason && <div className="keep-lines">{withLocalTime(event.reason)}</div>}
                </li>
              ))}
            </ol>
          </>
        )}
      </Loaded>
    </Panel>
  );
}
