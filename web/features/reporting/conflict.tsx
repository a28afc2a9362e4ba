import { Alert, Button } from 'antd';
import type { Report } from './panel-props.ts';
import { type Body, plainText } from './report-body.ts';
import { useReportingText } from './texts.ts';

interface ConflictProps {
  mine: Body;
  theirs: Report;
  onMine: () => void;
  onTheirs: () => void;
}

/** Two windows wrote into one report: both texts in full, and the person's choice. */
export function Conflict({ mine, theirs, onMine, onTheirs }: ConflictProps) {
  const t = useReportingText();
  const titles = { findings: t('findings'), impression: t('impression'), advice: t('advice') };
  return (
    <div className="report-conflict" data-testid="conflict">
      <Alert type="error" showIcon title={t('conflict')} description={t('conflictNote')} />
      <div className="report-two">
        <section>
          <h2>{t('mine')}</h2>
          <pre>{plainText(mine, titles)}</pre>
          <Button type="primary" onClick={onMine} data-testid="keep-mine">
            {t('keepMine')}
          </Button>
        </section>
        <section>
          <h2>{t('theirs')}</h2>
          <pre>{plainText(theirs, titles)}</pre>
          <Button onClick={onTheirs} data-testid="take-theirs">
            {t('takeTheirs')}
          </Button>
        </section>
      </div>
    </div>
  );
}
