import type { ServiceLine } from '@lianzhen/contracts/facilities.ts';
import { Alert, Form, Segmented } from 'antd';
import { useNames } from '../../api/vocabulary.ts';
import { Failure } from '../../ui/failure.tsx';
import { Panel } from '../../ui/page.tsx';
import { CentreChoice } from './centre-choice.tsx';
import type { OrderDraft } from './draft.ts';
import { ExamChoice } from './exam-choice.tsx';
import { FormField, type Marks } from './form-field.tsx';
import { useOrdersText } from './texts.ts';
import type { usePlaces } from './use-places.ts';

interface ExamPartProps {
  draft: OrderDraft;
  marks: Marks;
  places: ReturnType<typeof usePlaces>;
  onChange: (part: Partial<OrderDraft>) => void;
}

interface LineChoiceProps {
  line: ServiceLine;
  places: ExamPartProps['places'];
  onChange: (line: ServiceLine) => void;
}

/** Only lines that somebody can answer are offered; of the others the page says that they are asked for as before. */
function LineChoice({ line, places: { all, lines, closedLines }, onChange }: LineChoiceProps) {
  const t = useOrdersText();
  const names = useNames();
  if (!all.data) return null;
  const closed = closedLines.map((one) => names('line', one)).join(t('listComma'));
  // A draft of a line that has closed needs a way out of it.
  const isChoice = lines.length > 1 || (lines.length === 1 && !lines.includes(line));
  return (
    <>
      {lines.length === 0 && <Alert className="notice" type="info" showIcon title={t('noLineOpen')} />}
      {isChoice && (
        <Form.Item>
          <Segmented
            aria-label={t('line')}
            value={line}
            onChange={onChange}
            options={lines.map((one) => ({ value: one, label: names('line', one) }))}
          />
        </Form.Item>
      )}
      {closed && lines.length > 0 && (
        <p className="muted closed-lines" data-testid="closed-lines">
          {t('closedLines', { lines: closed })}
        </p>
      )}
    </>
  );
}

/** Which service, which exams, and the centre they go to. */
export function ExamPart({ draft, marks, places, onChange }: ExamPartProps) {
  const t = useOrdersText();
  return (
    <Panel title={t('whichExam')}>
      <LineChoice line={draft.line} places={places} onChange={(line) => onChange({ line, exams: [], centreId: '' })} />
      <FormField field={marks.has('sides') ? 'sides' : 'exams'} label={t('exams')} marks={marks}>
        <ExamChoice
          line={draft.line}
          exams={draft.exams}
          onChange={(exams) => onChange({ exams })}
          hasError={marks.has('exams')}
        />
      </FormField>
      <FormField field="centre" label={t('centre')} marks={marks}>
        {places.all.error ? (
          <Failure error={places.all.error} onRetry={() => void places.all.refetch()} />
        ) : (
          <CentreChoice
            centres={places.centres}
            line={draft.line}
            urgency={draft.urgency}
            value={draft.centreId}
            onChange={(centreId) => onChange({ centreId })}
          />
        )}
      </FormField>
    </Panel>
  );
}
