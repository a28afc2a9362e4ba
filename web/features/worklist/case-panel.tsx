import { useNames } from '../../api/vocabulary.ts';
import { fullTime, shortTime } from '../../ui/time.ts';
import { PriorList, type PriorListProps } from './prior-list.tsx';
import { useWorklistText } from './texts.ts';

/** Everything the hub knows of the case: what is asked, what was added, what was seen before, what has happened. */
export function CasePanel(props: PriorListProps) {
  const t = useWorklistText();
  const { kase } = props;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and so must be reached by who has no pointer.
    <aside className="case-panel" aria-label={t('case')} tabIndex={0}>
      <section>
        <h2>{t('requestPart')}</h2>
        <dl>
          <Fact label={t('purpose')} text={kase.purpose} />
          <Fact label={t('history')} text={kase.history} />
          <Fact label={t('diagnosis')} text={`${kase.diagnosisText} ${kase.diagnosisCode}`.trim()} />
          <Fact label={t('from')} text={kase.requestingFacility} />
          <Fact label={t('orderNumber')} text={kase.orderNumber} />
          <Fact label={t('submittedAt')} text={fullTime(kase.submittedAt)} />
        </dl>
      </section>
      {kase.supplements.length > 0 && (
        <section>
          <h2>{t('supplements')}</h2>
          {kase.supplements.map((supplement) => (
            <div key={supplement.at} className="case-supplement">
              <p className="keep-lines">{supplement.text}</p>
              <span className="muted">
                {supplement.byName} · {shortTime(supplement.at)}
              </span>
            </div>
          ))}
        </section>
      )}
      <section>
        <h2>{t('priors')}</h2>
        <PriorList {...props} />
      </section>
      <CaseEvents kase={kase} />
    </aside>
  );
}

function Fact({ label, text }: { label: string; text: string }) {
  return (
    <>
      <dt>{label}</dt>
      <dd className="keep-lines">{text || '—'}</dd>
    </>
  );
}

function CaseEvents({ kase }: Pick<PriorListProps, 'kase'>) {
  const t = useWorklistText();
  const names = useNames();
  return (
    <section>
      <h2>{t('events')}</h2>
      <ol className="case-events">
        {kase.events.toReversed().map((event, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two facts may have one time and kind; facts only come.
          <li key={kase.events.length - at}>
            <span className="num muted">{shortTime(event.at)}</span> {names('caseEvent', event.kind)}
            {event.byName && <span className="muted"> · {event.byName}</span>}
            {event.reason && <div className="case-reason keep-lines">{event.reason}</div>}
          </li>
        ))}
      </ol>
    </section>
  );
}
