import type { ReportLayout, Section } from '@lianzhen/contracts/report-layout.ts';
import { Alert } from 'antd';
import './sheet.css';

/** A report as the contract lays it out; screen, print and PDF say the same in the same order. */
export function Sheet({ layout }: { layout: ReportLayout }) {
  return (
    <article className="paper" data-testid="report-sheet">
      <header className="paper-head">
        <p>{layout.facility}</p>
        <h2>{layout.title}</h2>
        {layout.mark && <p className="paper-mark">{layout.mark}</p>}
      </header>
      {layout.notices.map((notice) => (
        <Alert key={notice} type="warning" showIcon title={notice} />
      ))}
      {layout.sections.map((section) => (
        <PaperSection key={section.key} section={section} />
      ))}
    </article>
  );
}

function PaperSection({ section }: { section: Section }) {
  return (
    <section className={`paper-section paper-${section.key}`} data-section={section.key}>
      <h3>{section.title}</h3>
      {section.kind === 'text' ? (
        <p className="keep-lines">{section.text}</p>
      ) : (
        <dl>
          {section.facts.map((fact) => (
            <div key={fact.key} className={fact.isWide ? 'paper-fact paper-wide' : 'paper-fact'}>
              <dt>{fact.label}</dt>
              <dd>{fact.value}</dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  );
}
