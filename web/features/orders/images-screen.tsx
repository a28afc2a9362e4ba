import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { ConfigProvider, Segmented } from 'antd';
import { type ComponentType, type ReactNode, useMemo, useState } from 'react';
import type { Outputs } from '../../api/client.ts';
import { ask } from '../../api/queries.ts';
import { useLanguage } from '../../api/texts.ts';
import { Loaded } from '../../ui/loaded.tsx';
import { Nothing } from '../../ui/nothing.tsx';
import { dicomwebSource } from '../../viewer/source/dicomweb-source.ts';
import { StudyViewer } from '../../viewer/study-viewer.tsx';
import { useOrdersText } from './texts.ts';
import './images.css';

type Order = Outputs['orders']['read'];

/** The viewer has a dark theme of its own, which must not inherit the dark ink of a bright page. */
const darkRoom = { inherit: false };

/** The images of a request, for the one who asked: a look, not a reading. */
export function ImagesScreen({ Traces }: { Traces?: ComponentType<{ orderId: string }> }) {
  const { orderId } = useParams({ from: '/orders/$orderId/images' });
  const read = useQuery(ask('orders', 'read', { id: orderId }));
  return (
    <div className="images-page">
      <Loaded query={read}>
        {(order) =>
          order.line === 'ecg' && Traces ? <Recordings order={order} Traces={Traces} /> : <Images order={order} />
        }
      </Loaded>
    </div>
  );
}

interface RecordingsProps {
  order: Order;
  Traces: ComponentType<{ orderId: string }>;
}

function Recordings({ order, Traces }: RecordingsProps) {
  return (
    <>
      <ImagesHead order={order} />
      <div className="images-viewer">
        <Traces orderId={order.id} />
      </div>
    </>
  );
}

function ImagesHead({ order, children }: { order: Order; children?: ReactNode }) {
  const t = useOrdersText();
  return (
    <header className="images-head">
      <Link to="/orders/$orderId" params={{ orderId: order.id }}>
        ← {t('openOrder')}
      </Link>
      <h1>{order.patient.name}</h1>
      {children}
    </header>
  );
}

function Images({ order }: { order: Order }) {
  const t = useOrdersText();
  const language = useLanguage();
  const studies = order.exams.flatMap((exam) =>
    exam.studies.map((study) => ({ uid: study.studyInstanceUid, exam: exam.examName, n: study.instanceCount })),
  );
  const [chosen, choose] = useState<string>();
  const uid = studies.find((study) => study.uid === chosen)?.uid ?? studies[0]?.uid;
  const source = useMemo(() => (uid ? dicomwebSource(uid) : undefined), [uid]);
  return (
    <>
      <ImagesHead order={order}>
        {studies.length > 1 && (
          <Segmented
            aria-label={t('exams')}
            size="small"
            value={uid ?? ''}
            onChange={choose}
            options={studies.map(({ uid: value, exam, n }) => ({ value, label: `${exam} · ${n}` }))}
          />
        )}
      </ImagesHead>
      {source ? (
        <ConfigProvider theme={darkRoom}>
          <div className="images-viewer">
            <StudyViewer key={uid} source={source} language={language} mode="glance" />
          </div>
        </ConfigProvider>
      ) : (
        <Nothing text={t('noImages')} />
      )}
    </>
  );
}
