import { Typography } from 'antd';
import type { ReactNode } from 'react';

interface PageProps {
  title: ReactNode;
  /** One line under the title. */
  note?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
}

/** A page's frame: what it is, what can be done here, and its content. */
export function Page({ title, note, actions, children }: PageProps) {
  return (
    <div className="page">
      <div className="page-head">
        <div className="page-title">
          <Typography.Title level={1}>{title}</Typography.Title>
          {note && <Typography.Text type="secondary">{note}</Typography.Text>}
        </div>
        {actions && <div className="page-actions">{actions}</div>}
      </div>
      {children}
    </div>
  );
}

interface PanelProps {
  title?: ReactNode;
  extra?: ReactNode;
  children: ReactNode;
  className?: string;
  id?: string;
}

/** A part of a page with a heading of its own. */
export function Panel({ title, extra, children, className, id }: PanelProps) {
  return (
    <section className={className ? `panel ${className}` : 'panel'} id={id}>
      {(title || extra) && (
        <header className="panel-head">
          {title && <h2>{title}</h2>}
          {extra}
        </header>
      )}
      {children}
    </section>
  );
}
