import { isMore } from '@lianzhen/contracts/fields.ts';
import { Pagination, Skeleton, Table, type TableColumnsType } from 'antd';
import type { KeyboardEvent, ReactNode } from 'react';
import { useUiText } from './texts.ts';
import { useNarrow } from './use-narrow.ts';

interface RecordsProps<T> {
  rows: readonly T[] | undefined;
  total: number;
  page: number;
  pageSize: number;
  onPage: (page: number) => void;
  rowKey: (row: T) => string;
  columns: TableColumnsType<T>;
  /** The same row for a phone. */
  card: (row: T) => ReactNode;
  onOpen?: (row: T) => void;
  rowProps?: (row: T) => Record<`data-${string}`, string>;
  empty: ReactNode;
  /** What a row unfolds to; on a phone it stands under the card. */
  expand?: (row: T) => ReactNode;
}

const openBy = (open: () => void) => ({
  tabIndex: 0,
  onClick: (event: { target: EventTarget; currentTarget: EventTarget }) => {
    // A button or link within the row keeps its own click.
    const inner = (event.target as HTMLElement).closest('a,button,input,label,[role=button]');
    if (inner && inner !== event.currentTarget && (event.currentTarget as HTMLElement).contains(inner)) return;
    open();
  },
  onKeyDown: (event: KeyboardEvent<HTMLElement>) => {
    if (event.target === event.currentTarget && event.key === 'Enter') open();
    if (event.key === 'ArrowDown') moveFocus(event, 'nextElementSibling');
    if (event.key === 'ArrowUp') moveFocus(event, 'previousElementSibling');
  },
});

function moveFocus(event: KeyboardEvent<HTMLElement>, way: 'nextElementSibling' | 'previousElementSibling') {
  const next = event.currentTarget[way];
  if (event.target !== event.currentTarget || !(next instanceof HTMLElement)) return;
  event.preventDefault();
  next.focus();
}

/** A page of rows: a table on a desk, cards on a phone; the arrow keys move, Enter opens. */
export function Records<T extends object>(props: RecordsProps<T>) {
  const isNarrow = useNarrow();
  const t = useUiText();
  const { rows, total, page, pageSize, onPage, rowKey, onOpen } = props;
  if (!rows) return <Skeleton active paragraph={{ rows: 8 }} />;
  if (!rows.length) return props.empty;
  const pages = total > pageSize && (
    <Pagination
      className="records-pages"
      current={page}
      pageSize={pageSize}
      total={total}
      onChange={onPage}
      showSizeChanger={false}
      simple={isNarrow}
      showTotal={(n) => t('total', { n: isMore(n, { page, pageSize }) ? `${n}+` : n })}
    />
  );
  if (isNarrow)
    return (
      <>
        <div className="cards">
          {rows.map((row) => (
            <article
              key={rowKey(row)}
              className={onOpen ? 'card card-open' : 'card'}
              {...props.rowProps?.(row)}
              {...(onOpen ? openBy(() => onOpen(row)) : {})}
            >
              {props.card(row)}
              {props.expand?.(row)}
            </article>
          ))}
        </div>
        {pages}
      </>
    );
  return (
    <>
      <Table<T>
        className="records"
        dataSource={rows as T[]}
        columns={props.columns.map((column) =>
          column.title === '' ? { ...column, title: <span className="unseen">{t('acts')}</span> } : column,
        )}
        showHeader={props.columns.some((column) => column.title)}
        rowKey={rowKey}
        pagination={false}
        scroll={{ x: 'max-content' }}
        {...(props.expand
          ? {
              expandable: {
                expandedRowRender: props.expand,
                columnTitle: <span className="unseen">{t('more')}</span>,
              },
            }
          : {})}
        onRow={(row) => ({ ...props.rowProps?.(row), ...(onOpen ? openBy(() => onOpen(row)) : {}) })}
        rowClassName={onOpen ? 'row-open' : ''}
      />
      {pages}
    </>
  );
}
