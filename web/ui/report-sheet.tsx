import type { Fact, ReportLayout, Section } from '@lianzhen/contracts/report-layout.ts';
import { Alert } from 'antd';
import { useLanguage } from '../api/texts.ts';
import './report-sheet.css';

interface Props {
  layout: ReportLayout;
  /** Somebody must be told at once: what is said at the top is said in red. */
  isCritical?: boolean;
  /** Lies alone on its page, as on paper; without it, inside a pane. */
  isPage?: boolean;
}

/** A report as the contract lays it out, so that screen, print and every other form say the same in the same order. */
export function ReportSheet({ layout, isCritical = false, isPage = false }: Props) {
  const language = useLanguage();
  return (
    <article
      className={isPage ? 'sheet sheet-page' : 'sheet'}
      data-testid="report-sheet"
      lang={language === 'zh' ? 'zh-CN' : 'en'}
    >
      <header className="sheet-head">
        <p>{layout.facility}</p>
        <h2>{layout.title}</h2>
        {layout.mark && <p className="sheet-mark">{layout.mark}</p>}
      </header>
      {layout.notices.map((notice) => (
        <Alert key={notice} type={isCritical ? 'error' : 'warning'} showIcon title={notice} />
      ))}
      {layout.sections.map((section) => (
        <SheetSection key={section.key} section={section} />
      ))}
    </article>
  );
}

function SheetSection({ section }: { section: Section }) {
  return (
    <section className={`sheet-section sheet-${section.key}`} data-section={section.key}>
      <h3>{section.title}</h3>
      {section.kind === 'text' ? (
        <p className="keep-lines">{section.text}</p>
      ) : (
        <dl>
          {section.facts.map((fact) => (
            <SheetFact key={fact.key} fact={fact} />
          ))}
        </dl>
      )}
    </section>
  );
}

function SheetFact({ fact }: { fact: Fact }) {
  return (
    <div className={fact.isWide ? 'sheet-fact sheet-wide' : 'sheet-fact'}>
      <dt>{fact.label}</dt>
      <dd>{fact.value}</dd>
    </div>
  );
}
