import type { StatementView, TraceView } from '@lianzhen/contracts/ecg.ts';
import { useQuery } from '@tanstack/react-query';
import { App, Button } from 'antd';
import { useRef } from 'react';
import { ask } from '../../../api/queries.ts';
import { useLanguage, useListComma } from '../../../api/texts.ts';
import { Failure } from '../../../ui/failure.tsx';
import { hasOwnWords } from '../conclusion.ts';
import { useCaseTraces } from '../desk/use-case-traces.ts';
import { statementOfKey } from '../find-statements.ts';
import { newestSet } from '../numbers.ts';
import { serialSentence } from '../serial-sentence.ts';
import { useEcgText } from '../texts.ts';
import { dayTime } from '../trace-time.ts';
import { ComparisonField } from './comparison-field.tsx';
import { partOf, withComparison, withNumbers } from './ecg-part.ts';
import type { EcgFormProps } from './form-props.ts';
import { KeyLegend } from './key-legend.tsx';
import { NumbersForm } from './numbers-form.tsx';
import { SaidList } from './said-list.tsx';
import { StatementSearch } from './statement-search.tsx';
import { type Conclusion, useConclusion } from './use-conclusion.ts';
import { useStatementKeys } from './use-statement-keys.ts';
import '../ecg.css';

const noLibrary: readonly StatementView[] = [];

/** What a report on an electrocardiogram has besides its text: numbers, coded sentences, the comparison. */
export function EcgForm(props: EcgFormProps) {
  const { kase, ecg, isReadOnly, change, body } = props;
  const t = useEcgText();
  const desk = useCaseTraces(kase);
  const view = desk.view.data;
  const statements = useQuery(ask('ecg', 'statements'));
  const library = statements.data ?? noLibrary;
  const conclusion = useConclusion({
    ...{ ecg, isReadOnly, change, body, view, library },
    isReview: kase.state === 'reviewing',
  });
  const search = useRef<HTMLInputElement | null>(null);
  const proposal = useProposal(desk.earlier, desk.earlierView.data, view);
  const compare = () => {
    if (ecg && proposal) change(withComparison(ecg, proposal, desk.earlier));
  };
  const [isKeyboard, setKeyboard] = useKeysOf(props, { view, library, conclusion, search, compare });
  const said = ecg?.statements ?? [];
  const isOther = ecg !== null && desk.shown !== undefined && ecg.traceId !== desk.shown.id;
  return (
    <section className="ecg-form" aria-label={t('formTitle')} data-testid="ecg-form">
      {statements.error && <Failure error={statements.error} what={t('library')} />}
      {isOther && (
        <p className="ecg-other tone-warn">
          {t('reportsOther', { at: ecg.acquiredAt ? dayTime(ecg.acquiredAt) : '—' })}{' '}
          {!isReadOnly && view && (
            <Button size="small" onClick={() => change(withNumbers(body, ecg, partOf(view, ecg)))}>
              {t('reportThis')}
            </Button>
          )}
        </p>
      )}
      {ecg && (
        <NumbersForm
          numbers={ecg.numbers}
          by={ecg.numbersBy}
          measured={view?.id === ecg.traceId ? (newestSet(view)?.measurements ?? null) : null}
          isReadOnly={isReadOnly}
          onChange={(numbers, numbersBy) => change(withNumbers(body, ecg, { numbers, numbersBy }))}
        />
      )}
      {!isReadOnly && (
        <StatementSearch ref={search} library={library} isOff={!conclusion.isPossible} onPick={conclusion.add} />
      )}
      {isKeyboard && <KeyLegend library={library} onPick={conclusion.add} onClose={() => setKeyboard(false)} />}
      <SaidList said={said} conclusion={conclusion} isReadOnly={isReadOnly} />
      {said.length > 0 && body.positive === false && hasOwnWords(body.impression, said) && (
        <p className="tone-warn ecg-note">{t('ownWords')}</p>
      )}
      {ecg && (
        <ComparisonField
          text={ecg.comparison}
          proposal={proposal}
          isReadOnly={isReadOnly}
          onText={(text) => change(withComparison(ecg, text, desk.earlier))}
          onTake={compare}
        />
      )}
    </section>
  );
}

type Row = Parameters<typeof serialSentence>[0];

function useProposal(earlier: Row | undefined, before: TraceView | undefined, after: TraceView | undefined) {
  if (!earlier || !before || !after) return null;
  return serialSentence(earlier, newestSet(before)?.measurements ?? null, newestSet(after)?.measurements ?? null);
}

/** The curves are on the desk: nobody calls normal what has not been shown. */
const isDrawn = () => document.querySelector('.ecg-desk [data-testid="ecg"][data-rendered="true"]') !== null;

interface KeyedParts {
  view: TraceView | undefined;
  library: readonly StatementView[];
  conclusion: Conclusion;
  search: { current: HTMLInputElement | null };
  compare: () => void;
}

function useKeysOf({ body, ecg, isReadOnly }: EcgFormProps, parts: KeyedParts) {
  const { view, library, conclusion, search, compare } = parts;
  const t = useEcgText();
  const language = useLanguage();
  const comma = useListComma();
  const { message } = App.useApp();
  /** Never over another conclusion, and never against what a program has found to be critical. */
  const whyNotNormal = (): string | undefined => {
    if (!view || view.state === 'reading') return t('notYet');
    if (view.state !== 'picture' && !isDrawn()) return t('notDrawn');
    if (view.critical.length > 0)
      return t('notNormal', { what: view.critical.map((hit) => hit[language]).join(comma) });
    return (ecg?.statements.length ?? 0) > 0 || body.impression.trim() ? t('alreadySaid') : undefined;
  };
  return useStatementKeys({
    isOn: !isReadOnly,
    normal: () => {
      const why = whyNotNormal();
      const normal = statementOfKey(library, 'n');
      if (why || !normal) void message.info(why ?? t('noKey', { key: 'n' }));
      else conclusion.add(normal);
    },
    say: (letter) => {
      const found = statementOfKey(library, letter);
      if (found) conclusion.add(found);
      else void message.info(t('noKey', { key: letter }));
    },
    undo: conclusion.undo,
    search: () => search.current?.focus(),
    compare,
  });
}
