import { type Fact, reportLayout, type Section } from '@lianzhen/contracts/report-layout.ts';
import { Alert } from 'antd';
import type { Outputs } from '../../api/client.ts';
import { useLanguage } from '../../api/texts.ts';
import './report-sheet.css';

type Version = Outputs['reporting']['version'];

/** A signed version, laid out by the contract as every other form of it, so that screen, print and PDF say the same. */
export function ReportSheet({ version }: { version: Version }) {
  const language = useLanguage();
  const layout = reportLayout(version.content, language, {
    contentHash: version.contentHash,
    replacedByNumber: version.replacedByNumber,
  });
  return (
    <article className="sheet" data-testid="report-sheet" lang={language === 'zh' ? 'zh-CN' : 'en'}>
      <header className="sheet-head">
        <p>{layout.facility}</p>
        <h2>{layout.title}</h2>
        {layout.mark && <p className="sheet-mark">{layout.mark}</p>}
      </header>
      {layout.notices.map((notice) => (
        <Alert key={notice} type={version.content.critical ? 'error' : 'warning'} showIcon title={notice} />
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
