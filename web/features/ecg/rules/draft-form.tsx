import type { RulesView } from '@lianzhen/contracts/ecg-rules.ts';
import { App, Button } from 'antd';
import { useLanguage } from '../../../api/texts.ts';
import { Failure } from '../../../ui/failure.tsx';
import { Panel } from '../../../ui/page.tsx';
import { BaseChoice } from './base-choice.tsx';
import { DraftPattern } from './draft-pattern.tsx';
import { DraftSource } from './draft-source.tsx';
import { editOf, withEdit } from './draft-state.ts';
import { keyOf, refusedFields } from './list-words.ts';
import { Overtaken } from './overtaken.tsx';
import { PublishDialog } from './publish-dialog.tsx';
import { useRulesText } from './texts.ts';
import { Trial } from './trial.tsx';
import { type Drafting, useDraft } from './use-draft.ts';

/** The next version of a centre's list: made from the one in force or from a default, tried, published. */
export function DraftForm({ view, onEnd }: { view: RulesView; onEnd: () => void }) {
  const t = useRulesText();
  const language = useLanguage();
  const drafting = useDraft(view, onEnd);
  const { draft, newest, result, isSure, setSure, publish, trial } = drafting;
  const named = (isOne: (rule: (typeof result.rules)[number]) => boolean) =>
    result.rules.filter(isOne).map((rule) => rule[language]);
  return (
    <div ref={drafting.form} data-testid="rules-draft">
      <Panel title={t('draftTitle', { version: newest + 1 })} extra={<span className="muted">{t('draftNote')}</span>}>
        <BaseChoice view={view} draft={draft} isTouched={result.patterns.length > 0} onChoose={drafting.setDraft} />
        <Patterns drafting={drafting} />
      </Panel>
      <Panel>
        <div className="bar">
          <Button loading={trial.isPending} onClick={drafting.tryIt} data-testid="try-rules">
            {t('try')}
          </Button>
        </div>
        {trial.error && <Failure error={trial.error} text={refusedFields(trial.error)} />}
        {trial.data && <Trial trial={trial.data} isStale={drafting.isTrialStale} />}
      </Panel>
      <PublishPanel view={view} drafting={drafting} onEnd={onEnd} />
      {isSure && (
        <PublishDialog
          version={newest + 1}
          draft={draft}
          view={view}
          changed={named(({ code }) => result.changed.includes(code))}
          off={named(({ off }) => off !== null)}
          isBusy={publish.isPending}
          onPublish={drafting.send}
          onClose={() => setSure(false)}
        />
      )}
    </div>
  );
}

function Patterns({ drafting: { draft, setDraft, result, isAsked } }: { drafting: Drafting }) {
  const t = useRulesText();
  return (
    <>
      {draft.base.rules.map((base, index) => (
        <DraftPattern
          key={`${keyOf(draft.base)} ${base.code}`}
          base={base}
          result={result.rules[index] ?? base}
          edit={editOf(draft, base)}
          faults={result.faults}
          areAllShown={isAsked}
          onChange={(change) => setDraft((before) => withEdit(before, base, change))}
        />
      ))}
      {result.faults.has('patterns') && <p className="field-error">{t('atLeastOne')}</p>}
    </>
  );
}

interface PublishPanelProps {
  view: RulesView;
  drafting: Drafting;
  onEnd: () => void;
}

/** By what document and from when on, what stands in the way, and the two ways out. */
function PublishPanel({ view, drafting, onEnd }: PublishPanelProps) {
  const t = useRulesText();
  const { modal } = App.useApp();
  const { draft, setDraft, result, isAsked, isWhole, setSure, publish, overtakenBy, isTouched } = drafting;
  const texts = { title: t('cancelTitle'), content: t('cancelNote'), okText: t('cancel'), cancelText: t('keep') };
  const drop = () => (isTouched ? void modal.confirm({ ...texts, onOk: onEnd }) : onEnd());
  return (
    <Panel>
      <DraftSource
        draft={draft}
        today={view.today}
        isSourceMissing={isAsked && result.faults.has('source')}
        onChange={(change) => setDraft((before) => ({ ...before, ...change }))}
      />
      {overtakenBy ? (
        <Overtaken
          centreId={view.centre.id}
          version={Number(overtakenBy.found)}
          by={overtakenBy.publishedBy}
          onGoOn={() => drafting.goOnAfter(Number(overtakenBy.found))}
        />
      ) : (
        publish.error && <Failure error={publish.error} text={refusedFields(publish.error)} />
      )}
      {isAsked && result.faults.size > 0 && (
        <p className="field-error" role="alert">
          {t('fix', { n: result.faults.size })}
        </p>
      )}
      <div className="row">
        <Button
          type="primary"
          disabled={overtakenBy !== null}
          onClick={() => isWhole() && setSure(true)}
          data-testid="publish-rules"
        >
          {t('publish')}
        </Button>
        <Button onClick={drop} data-testid="drop-rules">
          {t('cancel')}
        </Button>
      </div>
    </Panel>
  );
}
