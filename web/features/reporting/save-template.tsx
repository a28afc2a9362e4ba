import { App, Button, Checkbox, Input, Select } from 'antd';
import { useState } from 'react';
import { useAct } from '../../api/queries.ts';
import { Failure } from '../../ui/failure.tsx';
import type { Kase } from './panel-props.ts';
import { type Body, texts } from './report-body.ts';
import { useReportingText } from './texts.ts';

interface SaveTemplateProps {
  kase: Kase;
  body: Body;
}

/** What is written now, kept under a name of one's own. */
export function SaveTemplate(props: SaveTemplateProps) {
  const t = useReportingText();
  const [isOpen, setOpen] = useState(false);
  const isEmpty = texts.every((key) => !props.body[key].trim());
  if (isOpen) return <TemplateForm {...props} onClose={() => setOpen(false)} />;
  return (
    <Button
      size="small"
      type="link"
      disabled={isEmpty}
      title={isEmpty ? t('emptyTemplate') : undefined}
      onClick={() => setOpen(true)}
      data-testid="save-template"
    >
      {t('saveTemplate')}
    </Button>
  );
}

function TemplateForm({ kase, body, onClose }: SaveTemplateProps & { onClose: () => void }) {
  const t = useReportingText();
  const { message } = App.useApp();
  const [name, setName] = useState('');
  const [kind, setKind] = useState<'template' | 'block'>('template');
  const [isForExam, setForExam] = useState(true);
  const act = useAct('reporting', 'saveTemplate', {
    onSuccess: (saved) => {
      onClose();
      void message.success(t('templateSaved', { name: saved.name }));
    },
  });
  const exam = kase.exams[0];
  const save = () => {
    const { findings, impression, advice } = body;
    const scope = isForExam && exam ? exam : { modality: null, bodyPart: null };
    const { modality, bodyPart } = scope;
    act.mutate({ line: kase.line, name: name.trim(), kind, findings, impression, advice, modality, bodyPart });
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
      <Checkbox checked={isForExam} onChange={(event) => setForExam(event.target.checked)}>
        {exam ? t('scopeFit', { modality: exam.modality, part: exam.examName }) : t('scopeAny')}
      </Checkbox>
      <div className="row">
        <Button size="small" onClick={onClose}>
          {t('cancel')}
        </Button>
        <Button size="small" type="primary" disabled={!name.trim()} loading={act.isPending} onClick={save}>
          {t('save')}
        </Button>
      </div>
      {act.error && <Failure error={act.error} />}
    </div>
  );
}
