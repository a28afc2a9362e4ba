import { Link } from '@tanstack/react-router';
import type { Outputs } from '../../api/client.ts';
import { useNames } from '../../api/vocabulary.ts';
import { Panel } from '../../ui/page.tsx';
import { ToneTag } from '../../ui/tone-tag.tsx';
import { useOrdersText } from './texts.ts';

type Order = Outputs['orders']['read'];
type Exam = Order['exams'][number];

/** The exams with their accession numbers, large: the technician reads them from across the room. */
export function ExamsPanel({ order }: { order: Order }) {
  const t = useOrdersText();
  const isVoid = order.state === 'withdrawn';
  return (
    <Panel
      title={t('exams')}
      extra={
        order.exams.some((exam) => exam.studies.length > 0) ? (
          <Link to="/orders/$orderId/images" params={{ orderId: order.id }} data-testid="see-images">
            {t('seeImages')}
          </Link>
        ) : (
          <span className="muted">{t(isVoid ? 'accessionVoid' : 'accessionNote')}</span>
        )
      }
    >
      {order.exams.map((exam) => (
        <ExamRow key={exam.id} exam={exam} isVoid={isVoid} />
      ))}
    </Panel>
  );
}

function ExamRow({ exam, isVoid }: { exam: Exam; isVoid: boolean }) {
  const t = useOrdersText();
  const names = useNames();
  const series = exam.studies.reduce((total, study) => total + study.seriesCount, 0);
  const images = exam.studies.reduce((total, study) => total + study.instanceCount, 0);
  return (
    <div className="exam-row" data-testid="exam" data-accession={exam.accessionNumber}>
      <div>
        <span className="muted num">{exam.modality}</span> <span className="strong">{exam.examName}</span>{' '}
        {names('laterality', exam.laterality)}
        <div>
          {images > 0 ? (
            <ToneTag tone="good">{t('images', { series, n: images })}</ToneTag>
          ) : (
            <ToneTag tone="quiet">{t('noImages')}</ToneTag>
          )}
        </div>
      </div>
      <div className="accession" title={t('accession')}>
        {isVoid ? <del>{exam.accessionNumber}</del> : exam.accessionNumber}
      </div>
    </div>
  );
}
