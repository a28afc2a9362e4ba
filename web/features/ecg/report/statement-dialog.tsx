import type { StatementView } from '@lianzhen/contracts/ecg.ts';
import { Button, Checkbox, Input, Modal, Select } from 'antd';
import { useState } from 'react';
import { useAct } from '../../../api/queries.ts';
import { useOptions } from '../../../api/vocabulary.ts';
import { Failure } from '../../../ui/failure.tsx';
import { Field } from '../../../ui/field.tsx';
import { useEcgText } from '../texts.ts';

interface StatementDialogProps {
  /** The sentence that is worded anew for the centre; none for one of its own. */
  statement: StatementView | null;
  onClose: () => void;
}
type Words = Pick<StatementView, 'code' | 'zh' | 'en' | 'group' | 'positive' | 'critical' | 'key'>;
const blank: Words = { code: '', zh: '', en: '', group: 'st-t', positive: true, critical: false, key: null };

/** A sentence of the centre's library: both languages, what it says of a report, its key. */
export function StatementDialog({ statement, onClose }: StatementDialogProps) {
  const t = useEcgText();
  const groups = useOptions('statementGroup');
  const [words, setWords] = useState<Words>(statement ?? blank);
  const save = useAct('ecg', 'saveStatement', { onSuccess: onClose });
  const remove = useAct('ecg', 'removeStatement', { onSuccess: onClose });
  const set = (part: Partial<Words>) => setWords((now) => ({ ...now, ...part }));
  const { code, zh, en, group, positive, critical, key } = words;
  const isWhole = Boolean(code.trim() && zh.trim() && en.trim());
  const submit = () =>
    isWhole &&
    save.mutate({
      ...{ code: code.trim(), zh: zh.trim(), en: en.trim(), group, positive: positive || critical, critical, key },
      ...(statement ? { id: statement.id, revision: statement.revision } : {}),
    });
  const text = (name: 'code' | 'zh' | 'en', most: number) => (
    <Field label={t(`statement-${name}`)}>
      <Input
        maxLength={most}
        disabled={name === 'code' && statement !== null}
        value={words[name]}
        onChange={(event) => set({ [name]: event.target.value.replace(/\p{Cc}/gu, '') })}
        data-testid={`statement-${name}`}
      />
    </Field>
  );
  return (
    <Modal
      open
      title={t(statement ? 'editStatement' : 'newStatement')}
      okText={t('save')}
      cancelText={t('cancel')}
      okButtonProps={{ disabled: !isWhole }}
      confirmLoading={save.isPending}
      onOk={submit}
      onCancel={onClose}
    >
      {text('code', 20)}
      {text('zh', 200)}
      {text('en', 300)}
      <Field label={t('statement-group')}>
        <Select value={group} options={groups} onChange={(next) => set({ group: next as Words['group'] })} />
      </Field>
      <Field label={t('statement-key')}>
        <Input
          maxLength={1}
          value={key ?? ''}
          onChange={(event) => set({ key: /^[a-z0-9]$/i.exec(event.target.value)?.[0]?.toLowerCase() ?? null })}
        />
      </Field>
      <Checkbox checked={positive || critical} onChange={(event) => set({ positive: event.target.checked })}>
        {t('statement-positive')}
      </Checkbox>
      <Checkbox checked={critical} onChange={(event) => set({ critical: event.target.checked })}>
        {t('statement-critical')}
      </Checkbox>
      {statement?.isOwn && (
        <Button danger size="small" loading={remove.isPending} onClick={() => remove.mutate({ id: statement.id })}>
          {t('removeStatement')}
        </Button>
      )}
      {(save.error ?? remove.error) && <Failure error={save.error ?? remove.error} />}
    </Modal>
  );
}
