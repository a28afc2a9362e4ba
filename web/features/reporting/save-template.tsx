import { App, Button, Checkbox, Input, Select } from 'antd';
import { useState } from 'react';
import { useAct } from '../../api/queries.ts';
import { Failure } from '../../ui/failure.tsx';
import type { Kase } from './panel-props.ts';
import { type Body, texts } from './report-body.ts';
import { useReportingText } from './texts.ts';

/** What is written now, kept under a name of one's own. */
export function SaveTemplate({ kase, body }: { kase: Kase; body: Body }) {
  const t = useReportingText();
  const { message } = App.useApp();
  const [isOpen, setOpen] = useState(false);
  const [name, setName] = useState('');
  const [kind, setKind] = useState<'template' | 'block'>('template');
  const [isForExam, setForExam] = useState(true);
  const act = useAct('reporting', 'saveTemplate', {
    onSuccess: (saved) => {
      setOpen(false);
      setName('');
      void message.success(t('templateSaved', { name: saved.name }));
    },
  });
  const isEmpty = texts.every((key) => !body[key].trim());
  if (!isOpen)
    return (
      <Button
        size="small"
        type="link"
        disabled={isEmpty}
        title={isEmpty ? t('emptyTemplate') : undefined}
        onClick={() => setOpen(true)}
      >
        {t('saveTemplate')}
      </Button>
    );
  const exam = kase.exams[0];
  const save = () => {
    const { findings, impression, advice } = body;
    const scope = {
      modality: isForExam && exam ? exam.modality : null,
      bodyPart: isForExam && exam ? exam.bodyPart : null,
    };
    act.mutate({ line: kase.line, name: name.trim(), kind, findings, impression, advice, ...scope });
  };
  return (
    <div className="template-save">
      <div className="row">
        <Input
          autoFocus
          size="small"
          className="template-save-name"
          value={name}
          maxLength={60}
          placeholder={t('templateName')}
          aria-label={t('templateName')}
          onChange={(event) => setName(event.target.value)}
        />
        <Select
          size="small"
          value={kind}
          aria-label={t('templates')}
          onChange={setKind}
          options={(['template', 'block'] as const).map((value) => ({ value, label: t(`kind-${value}`) }))}
        />
      </div>
      <div className="spread">
        <Checkbox checked={isForExam} onChange={(event) => setForExam(event.target.checked)}>
          {exam ? t('scopeFit', { modality: exam.modality, part: exam.examName }) : t('scopeAny')}
        </Checkbox>
        <span className="row">
          <Button size="small" onClick={() => setOpen(false)}>
            {t('cancel')}
          </Button>
          <Button size="small" type="primary" disabled={!name.trim()} loading={act.isPending} onClick={save}>
            {t('save')}
          </Button>
        </span>
      </div>
      {act.error && <Failure error={act.error} />}
    </div>
  );
}
