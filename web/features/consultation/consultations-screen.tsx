import { PlusOutlined } from '@ant-design/icons';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Badge, Button, Segmented } from 'antd';
import { ask } from '../../api/queries.ts';
import { useMay } from '../../api/session.ts';
import { Failure } from '../../ui/failure.tsx';
import { Nothing } from '../../ui/nothing.tsx';
import { Page } from '../../ui/page.tsx';
import { Records } from '../../ui/records.tsx';
import { SearchBox } from '../../ui/search-box.tsx';
import { useKeys } from '../../ui/use-keys.ts';
import { Box, boxQuery } from './boxes.ts';
import type { Row } from './consultation.ts';
import { ConsultationCard, useConsultationColumns } from './consultation-row.tsx';
import { DraftsPanel } from './drafts-panel.tsx';
import { useConsultationText } from './texts.ts';
import './consultation.css';

const pageSize = 20;

/** What is to be answered, what is coming, what was asked for and what is over. */
export function ConsultationsScreen() {
  const t = useConsultationText();
  const may = useMay();
  const navigate = useNavigate();
  const search = useSearch({ from: '/consultations' });
  const { q, page } = search;
  const mayAsk = may('consultation:request');
  const mayAnswer = may('consultation:answer');
  const box = search.box ?? (mayAnswer ? 'todo' : 'coming');
  const found = useQuery({
    ...ask('consultation', 'list', { ...boxQuery[box], q, page, pageSize }),
    placeholderData: keepPreviousData,
  });
  const columns = useConsultationColumns();
  const begin = () => void navigate({ to: '/consultations/new' });
  useKeys(mayAsk ? { n: begin } : {});
  return (
    <Page
      title={t('title')}
      actions={
        <>
          {mayAnswer && (
            <Link to="/consultations/my-hours" data-testid="my-hours">
              {t('myHours')}
            </Link>
          )}
          {mayAsk && (
            <Button type="primary" icon={<PlusOutlined />} onClick={begin} data-testid="new-consultation">
              {t('newRequest')} <kbd>n</kbd>
            </Button>
          )}
        </>
      }
    >
      {mayAsk && <DraftsPanel />}
      <div className="bar">
        <Boxes box={box} boxes={Box.options.filter((name) => isFor(name, mayAsk, mayAnswer))} />
        <SearchBox
          value={q}
          placeholder={t('search')}
          onSearch={(next) =>
            void navigate({ to: '/consultations', search: (old) => ({ ...old, q: next, page: 1 }), replace: true })
          }
        />
      </div>
      {found.error && <Failure error={found.error} onRetry={() => void found.refetch()} />}
      {(found.data || !found.error) && (
        <Records<Row>
          rows={found.data?.rows}
          total={found.data?.total ?? 0}
          page={page}
          pageSize={pageSize}
          onPage={(next) => void navigate({ to: '/consultations', search: (old) => ({ ...old, page: next }) })}
          rowKey={(row) => row.id}
          columns={columns}
          card={(row) => <ConsultationCard row={row} />}
          onOpen={(row) => void navigate({ to: '/consultations/$consultationId', params: { consultationId: row.id } })}
          rowProps={(row) => ({
            'data-testid': 'consultation-row',
            'data-consultation-id': row.id,
            'data-state': row.state,
          })}
          empty={<Nothing text={t(`none-${box}`)} />}
        />
      )}
    </Page>
  );
}

/** Whoever only looks on owes no answer, and whoever does not answer invitations no opinion. */
const isFor = (box: Box, mayAsk: boolean, mayAnswer: boolean): boolean =>
  mayAnswer || (box === 'todo' ? mayAsk : box !== 'opinion');

/** The heaps, each with what waits in it. */
function Boxes({ box, boxes }: { box: Box; boxes: readonly Box[] }) {
  const t = useConsultationText();
  const navigate = useNavigate();
  return (
    <Segmented<Box>
      aria-label={t('boxes')}
      value={box}
      onChange={(next) => void navigate({ to: '/consultations', search: (old) => ({ ...old, box: next, page: 1 }) })}
      options={boxes.map((value) => ({
        value,
        label: (
          <span data-testid={`box-${value}`}>
            {t(`box-${value}`)}
            {(value === 'todo' || value === 'opinion') && <Waiting box={value} />}
          </span>
        ),
      }))}
    />
  );
}

function Waiting({ box }: { box: Box }) {
  const found = useQuery(ask('consultation', 'list', { ...boxQuery[box], page: 1, pageSize: 1 }));
  return <Badge count={found.data?.total ?? 0} size="small" className="box-count" />;
}
