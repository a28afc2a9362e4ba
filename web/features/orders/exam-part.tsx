import { Form, Segmented } from 'antd';
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

/** Which service, which exams, and the centre they go to. */
export function ExamPart({ draft, marks, places, onChange }: ExamPartProps) {
  const t = useOrdersText();
  const names = useNames();
  return (
    <Panel title={t('whichExam')}>
      {places.lines.length > 1 && (
        <Form.Item>
          <Segmented
            value={draft.line}
            onChange={(line) => onChange({ line, exams: [], centreId: '' })}
            options={places.lines.map((line) => ({ value: line, label: names('line', line) }))}
          />
        </Form.Item>
      )}
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
