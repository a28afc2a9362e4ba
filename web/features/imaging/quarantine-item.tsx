import { dayText } from '@lianzhen/contracts/report-dates.ts';
import { Link } from '@tanstack/react-router';
import { Space } from 'antd';
import type { Outputs } from '../../api/client.ts';
import { useMay } from '../../api/session.ts';
import { Panel } from '../../ui/page.tsx';
import { fullTime, shortTime } from '../../ui/time.ts';
import { ToneTag } from '../../ui/tone-tag.tsx';
import { Differences } from './differences.tsx';
import { headerName } from './header-name.ts';
import { QuarantineActs } from './quarantine-acts.tsx';
import { type ImagingKey, useImagingText } from './texts.ts';

type Item = Outputs['imaging']['quarantine']['rows'][number];
const notes: Record<Item['kind'], ImagingKey | undefined> = {
  demographics: undefined,
  'same-uid-other-bytes': 'same-uid-note',
  'foreign-study': 'foreign-note',
  unreadable: 'unreadable-note',
};

/** One thing to decide: what the images say beside what the order says, and the two answers. */
export function QuarantineItem({ item }: { item: Item }) {
  const t = useImagingText();
  const may = useMay();
  const note = notes[item.kind];
  return (
    <Panel
      title={
        <Space wrap>
          <ToneTag tone={item.state === 'open' ? 'bad' : 'quiet'}>{t(item.kind)}</ToneTag>
          {item.study && (headerName(item.study.headerName) || t('nameless'))}
        </Space>
      }
      extra={
        <span className="muted">
          {item.facilityName} · {shortTime(item.createdAt)}
        </span>
      }
    >
      <div data-testid="quarantine-item" data-kind={item.kind} data-state={item.state}>
        {note && <p>{t(note, { n: item.imageCount })}</p>}
        {item.study && (
          <p className="muted">
            {[item.study.modalities.join('/'), item.study.description, dayText(item.study.studyDate)]
              .filter(Boolean)
              .join(' · ')}
            {item.study.accessionNumber && ` · ${t('accession')} ${item.study.accessionNumber}`}
          </p>
        )}
        <Images item={item} />
        {item.differences.length > 0 &&
          (item.kind === 'unreadable' ? <Reasons item={item} /> : <Differences differences={item.differences} />)}
        {item.order && (
          <p>
            {t('order')}{' '}
            <Link to="/orders/$orderId" params={{ orderId: item.order.id }}>
              {item.order.number}
            </Link>{' '}
            · {item.order.patient.name} · {item.order.examName}
          </p>
        )}
        {item.state !== 'open' && (
          <p className="muted">
            {t('decided-by', {
              name: item.decidedByName ?? '',
              time: item.decidedAt ? fullTime(item.decidedAt) : '',
              reason: item.reason ?? '',
            })}
          </p>
        )}
        {item.state === 'open' && may('quarantine:decide') && <QuarantineActs item={item} />}
      </div>
    </Panel>
  );
}

/** Which images it asks about: by their numbers in the study where they have one, else by their UIDs. */
function Images({ item }: { item: Item }) {
  const t = useImagingText();
  const rest = item.imageCount - item.images.length;
  if (item.imageCount === 0) return null;
  return (
    <ul className="imaging-asked muted" data-testid="quarantine-images" data-count={item.imageCount}>
      {item.images.map(({ sopInstanceUid, seriesNumber, number }) => (
        <li key={sopInstanceUid} title={sopInstanceUid}>
          {number === null ? sopInstanceUid : t('image-number', { series: seriesNumber ?? '—', n: number })}
        </li>
      ))}
      {rest > 0 && <li>{t('more-images', { n: rest })}</li>}
    </ul>
  );
}

/** Why it could not be read, as the reader of files says it: for whoever looks after the machine. */
function Reasons({ item }: { item: Item }) {
  return (
    <ul className="imaging-asked" data-testid="quarantine-reasons">
      {item.differences.map(({ header }) => (
        <li key={header}>
          <code>{header}</code>
        </li>
      ))}
    </ul>
  );
}
