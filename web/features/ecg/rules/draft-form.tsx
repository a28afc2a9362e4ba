import type { RulesView } from '@lianzhen/contracts/ecg-rules.ts';
import { App, Button, Select } from 'antd';
import { useRef, useState } from 'react';
import { useAct } from '../../../api/queries.ts';
import { useLanguage } from '../../../api/texts.ts';
import { Failure } from '../../../ui/failure.tsx';
import { Panel } from '../../../ui/page.tsx';
import { DraftPattern } from './draft-pattern.tsx';
import { DraftSource } from './draft-source.tsx';
import { type Draft, editOf, resultOf, startDraft, withEdit } from './draft-state.ts';
import { keyOf, useListName } from './list-words.ts';
import { Overtaken } from './overtaken.tsx';
import { PublishDialog } from './publish-dialog.tsx';
import { useRulesText } from './texts.ts';
import { Trial } from './trial.tsx';

/** The next version of a centre's list: made from the one in force or from a default, tried, published. */
export function DraftForm({ view, onEnd }: { view: RulesView; onEnd: () => void }) {
  const t = useRulesText();
  const language = useLanguage();
  const { message, modal } = App.useApp();
  const [draft, setDraft] = useState<Draft>(() => startDraft(view.inForce, view.today));
  // Whoever publishes says which version he has seen last; another one in between is told of, and not written over.
  const [newest, setNewest] = useState(view.newest);
  const [isAsked, setAsked] = useState(false);
  const [isSure, setSure] = useState(false);
  const form = useRef<HTMLDivElement>(null);
  const result = resultOf(draft);
  const { patterns, faults } = result;
  const centreId = view.centre.id;
  const edit = { centreId, base: { code: draft.base.code, version: draft.base.version }, patterns };
  const onSuccess = (after: RulesView) => {
    void message.success(t('published', { version: after.newest }));
    onEnd();
  };
  const publish = useAct('ecg', 'publishRules', { onSuccess, onError: () => setSure(false) });
  const attempt = useAct('ecg', 'tryRules');
  const overtaken = publish.error?.code === 'stale-revision' ? Number(publish.error.details.found) : null;
  /** @returns whether nothing stands in the way; else the first of what does has the keys */
  const isWhole = (ignored: readonly string[] = []): boolean => {
    const isFine = [...faults].every((field) => ignored.includes(field));
    setAsked(!isFine || isAsked);
    if (!isFine)
      requestAnimationFrame(() => {
        const first = form.current?.querySelector<HTMLElement>('[data-fault="true"]');
        const input = first?.matches('input') ? first : first?.querySelector<HTMLElement>('input');
        (input ?? first)?.focus();
      });
    return isFine;
  };
  const isTouched = patterns.length > 0 || draft.source !== '' || draft.note !== '';
  const end = () =>
    isTouched
      ? void modal.confirm({
          ...{ title: t('cancelTitle'), content: t('cancelNote'), okText: t('cancel'), cancelText: t('keep') },
          onOk: onEnd,
        })
      : onEnd();
  const send = () =>
    publish.mutate({
      ...edit,
      newest,
      source: draft.source.trim(),
      note: draft.note.trim(),
      validFrom: draft.validFrom,
    });
  return (
    <div ref={form} data-testid="rules-draft">
      <Panel title={t('draftTitle', { version: newest + 1 })} extra={<span className="muted">{t('draftNote')}</span>}>
        <BaseChoice view={view} draft={draft} isTouched={patterns.length > 0} onChoose={setDraft} />
        {draft.base.rules.map((base, index) => (
          <DraftPattern
            key={`${keyOf(draft.base)} ${base.code}`}
            base={base}
            result={result.rules[index] ?? base}
            edit={editOf(draft, base)}
            faults={faults}
            areAllShown={isAsked}
            onChange={(change) => setDraft((before) => withEdit(before, base, change))}
          />
        ))}
        {faults.has('patterns') && <p className="field-error">{t('atLeastOne')}</p>}
      </Panel>
      <Panel>
        <div className="bar">
          <Button
            loading={attempt.isPending}
            onClick={() => isWhole(['source']) && attempt.mutate(edit)}
            data-testid="try-rules"
          >
            {t('try')}
          </Button>
        </div>
        {attempt.error && <Failure error={attempt.error} />}
        {attempt.data && (
          <Trial trial={attempt.data} isStale={JSON.stringify(attempt.variables) !== JSON.stringify(edit)} />
        )}
      </Panel>
      <Panel>
        <DraftSource
          draft={draft}
          today={view.today}
          isSourceMissing={isAsked && faults.has('source')}
          onChange={(change) => setDraft((before) => ({ ...before, ...change }))}
        />
        {overtaken !== null && publish.error ? (
          <Overtaken
            centreId={centreId}
            version={overtaken}
            by={publish.error.details.publishedBy}
            onGoOn={() => {
              setNewest(overtaken);
              publish.reset();
            }}
          />
        ) : (
          publish.error && <Failure error={publish.error} />
        )}
        {isAsked && faults.size > 0 && (
          <p className="field-error" role="alert">
            {t('fix', { n: faults.size })}
          </p>
        )}
        <div className="row">
          <Button
            type="primary"
            disabled={overtaken !== null}
            onClick={() => isWhole() && setSure(true)}
            data-testid="publish-rules"
          >
            {t('publish')}
          </Button>
          <Button onClick={end} data-testid="drop-rules">
            {t('cancel')}
          </Button>
        </div>
      </Panel>
      {isSure && (
        <PublishDialog
          version={newest + 1}
          draft={draft}
          today={view.today}
          changed={result.rules.filter(({ code }) => result.changed.includes(code)).map((rule) => rule[language])}
          off={result.rules.filter(({ off }) => off !== null).map((rule) => rule[language])}
          isBusy={publish.isPending}
          onPublish={send}
          onClose={() => setSure(false)}
        />
      )}
    </div>
  );
}

interface BaseChoiceProps {
  view: RulesView;
  draft: Draft;
  isTouched: boolean;
  onChoose: (draft: Draft) => void;
}

/** What the draft is made from. Another choice begins again, and says so where something would be lost. */
function BaseChoice({ view, draft, isTouched, onChoose }: BaseChoiceProps) {
  const t = useRulesText();
  const nameOf = useListName();
  const { modal } = App.useApp();
  const lists = [view.inForce, ...view.defaults.filter((list) => keyOf(list) !== keyOf(view.inForce))];
  const choose = (key: string) => {
    const base = lists.find((list) => keyOf(list) === key);
    if (!base) return;
    const begin = () => onChoose({ ...draft, base, edits: {} });
    if (!isTouched) begin();
    else void modal.confirm({ title: t('beginAgain'), okText: t('goOn'), cancelText: t('keep'), onOk: begin });
  };
  return (
    <div className="rules-field rules-base">
      <span>{t('beginWith')}</span>
      <Select
        value={keyOf(draft.base)}
        onChange={choose}
        aria-label={t('beginWith')}
        options={lists.map((list, index) => ({
          value: keyOf(list),
          label: index === 0 ? t('inUse', { name: nameOf(list) }) : nameOf(list),
        }))}
        data-testid="rules-base"
      />
    </div>
  );
}
