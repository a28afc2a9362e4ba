import { Alert, App, Button, Form, Input, Space } from 'antd';
import type { Outputs } from '../../api/client.ts';
import { useErrorText } from '../../api/vocabulary.ts';
import { Failure } from '../../ui/failure.tsx';
import { Field } from '../../ui/field.tsx';
import { shortTime } from '../../ui/time.ts';
import { ToneTag } from '../../ui/tone-tag.tsx';
import { useConsultationText } from './texts.ts';
import { useOpinion } from './use-opinion.ts';

interface OpinionFormProps {
  consultationId: string;
  opinion: Outputs['consultation']['opinion'];
}

/** The expert writes; what is typed is saved by itself, so that signing is one press at the end. */
export function OpinionForm({ consultationId, opinion }: OpinionFormProps) {
  const t = useConsultationText();
  const { message } = App.useApp();
  const { text, status, change, sign, keepMine, takeTheirs } = useOpinion(consultationId, opinion, () =>
    message.success(t('signed')),
  );
  const box = (name: keyof typeof text, rows: number, testId: string) => (
    <Input.TextArea
      autoSize={{ minRows: rows, maxRows: 14 }}
      maxLength={name === 'findings' ? 20_000 : name === 'opinion' ? 8000 : 4000}
      value={text[name]}
      onChange={(event) => change({ [name]: event.target.value })}
      data-testid={testId}
    />
  );
  const isEmpty = !text.opinion.trim();
  return (
    <Form layout="vertical" component="div" className="opinion-form">
      <Field label={t('findings')}>{box('findings', 1, 'opinion-findings')}</Field>
      <Field label={t('opinionText')} required>
        {box('opinion', 3, 'opinion')}
      </Field>
      <Field label={t('advice')}>{box('advice', 1, 'opinion-advice')}</Field>
      {status.kind === 'conflict' && (
        <Alert
          type="warning"
          showIcon
          title={t('opinionElsewhere')}
          action={
            <Space>
              <Button size="small" onClick={takeTheirs}>
                {t('takeTheirs')}
              </Button>
              <Button size="small" onClick={keepMine}>
                {t('keepMine')}
              </Button>
            </Space>
          }
        />
      )}
      {sign.error && <Failure error={sign.error} what={t('signOpinion')} />}
      <p className="muted">{t('signNote')}</p>
      <div className="spread">
        <SaveLine status={status} />
        <Button
          type="primary"
          disabled={isEmpty}
          title={isEmpty ? t('opinionNeeded') : ''}
          loading={sign.isPending}
          onClick={sign.run}
          data-testid="sign-opinion"
        >
          {t('signOpinion')}
        </Button>
      </div>
    </Form>
  );
}

function SaveLine({ status }: { status: ReturnType<typeof useOpinion>['status'] }) {
  const t = useConsultationText();
  const why = useErrorText();
  return (
    <output data-testid="opinion-status" data-state={status.kind}>
      {status.kind === 'saving' && <ToneTag tone="quiet">{t('saving')}</ToneTag>}
      {status.kind === 'saved' && <ToneTag tone="good">{t('savedAt', { at: shortTime(status.at) })}</ToneTag>}
      {status.kind === 'failed' && <ToneTag tone="bad">{why(status.code)}</ToneTag>}
    </output>
  );
}
