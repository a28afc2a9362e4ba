import { useEffect, useState } from 'react';
import { Changes, ChangesFromVersion } from './changes.tsx';
import { Conflict } from './conflict.tsx';
import { type Aside, FormHead } from './form-head.tsx';
import { FormTexts } from './form-texts.tsx';
import { Notices } from './notices.tsx';
import type { Hold, Report, ReportPanelProps } from './panel-props.ts';
import { Preview } from './preview.tsx';
import { type Body, bodyOf, type TextKey } from './report-body.ts';
import { SignActs } from './sign-acts.tsx';
import { TemplateLibrary } from './template-library.tsx';
import { useReportingText } from './texts.ts';
import { useFields } from './use-fields.ts';
import { useMayAbandon } from './use-may-abandon.ts';
import { usePickTemplate } from './use-pick-template.tsx';
import { useReportKeys } from './use-report-keys.ts';
import { useReportText } from './use-report-text.ts';
import { useSign } from './use-sign.ts';
import { useSignsAlone } from './use-signs-alone.ts';
import { Verdict } from './verdict.tsx';
import { VersionList } from './version-list.tsx';

interface ReportFormProps extends ReportPanelProps {
  view: Report;
  purpose: Hold['purpose'];
}

/** The texts, where the cursor is in them, and what signs them. */
function useForm(props: ReportFormProps) {
  const { purpose, beforeLeaving } = props;
  const text = useReportText(props);
  const fields = useFields();
  const sign = useSign({ ...props, text, focus: fields.focus });
  const { pick, keep } = usePickTemplate(text, fields);
  const [aside, setAside] = useState<Aside>();
  const conflict = text.status.kind === 'conflict' ? text.status : undefined;
  useReportKeys({
    sign: () => !conflict && sign.run(purpose === 'review' ? 'approved' : 'submitted'),
    templates: () => setAside((now) => (now === 'templates' ? undefined : 'templates')),
    nextBlank: () => void fields.nextBlank(),
    goToText: () => fields.focus('findings'),
  });
  const { saver } = text;
  useEffect(() => beforeLeaving(() => saver().flush()), [beforeLeaving, saver]);
  const change = (part: Partial<Body>) => {
    keep();
    text.change(part);
  };
  const write = (name: TextKey, value: string) => {
    if (name !== 'advice') sign.clear(name);
    change({ [name]: value });
  };
  return { text, fields, sign, pick, aside, setAside, conflict, change, write };
}
type Form = ReturnType<typeof useForm>;

/** The report while it is written or reviewed. */
export function ReportForm(props: ReportFormProps) {
  const { kase, view, hold, isLost, seen } = props;
  const form = useForm(props);
  const { text, fields, sign, conflict } = form;
  const { body } = text;
  const [isPreviewed, setPreviewed] = useState(false);
  const isReview = props.purpose === 'review';
  const isReadOnly = !hold;
  const isLast = useSignsAlone(view, body);
  const mayAbandon = useMayAbandon(view);
  return (
    <div className="report-panel" data-testid="report-form">
      <FormHead
        aside={form.aside}
        onAside={form.setAside}
        onPreview={() => setPreviewed(true)}
        hasTemplates={!isReadOnly}
        hasChanges={isReview || view.versions.length > 0}
        isLost={isLost}
        body={body}
        status={text.status}
      />
      <div className="report-scroll">
        <Notices view={view} isReview={isReview} />
        {conflict && (
          <Conflict
            mine={body}
            theirs={conflict.theirs}
            onMine={() => void text.keepMine(conflict.theirs)}
            onTheirs={() => text.takeTheirs(conflict.theirs)}
          />
        )}
        {form.aside === 'templates' && <TemplateLibrary kase={kase} body={body} onPick={form.pick} />}
        <ChangesPart form={form} view={view} isReview={isReview} />
        {kase.line === 'ecg' && props.Ecg && (
          <props.Ecg kase={kase} ecg={body.ecg} isReadOnly={isReadOnly} change={form.change} body={body} />
        )}
        <FormTexts body={body} isReadOnly={isReadOnly} missing={sign.missing} fields={fields} onText={form.write} />
        <Verdict body={body} isReadOnly={isReadOnly} missing={sign.missing} fields={fields} change={form.change} />
        {view.versions.length > 0 && <VersionList versions={view.versions} />}
      </div>
      {hold && (
        <SignActs
          kase={kase}
          sign={sign}
          seen={seen}
          isReview={isReview}
          isLast={isLast}
          hasFinal={view.versions.some(({ kind }) => kind !== 'preliminary')}
          isBlocked={conflict !== undefined}
          warnings={view.warnings}
          mayAbandon={mayAbandon}
        />
      )}
      {isPreviewed && <Preview kase={kase} view={view} body={body} onClose={() => setPreviewed(false)} />}
    </div>
  );
}

/** What has changed since the writer submitted, and since a version was signed. */
function ChangesPart({ form, view, isReview }: { form: Form; view: Report; isReview: boolean }) {
  const t = useReportingText();
  const [submitted] = useState(() => bodyOf(view));
  const last = view.versions.findLast(({ isReplaced }) => !isReplaced);
  if (form.aside !== 'changes') return null;
  const { body } = form.text;
  return (
    <>
      {isReview && <Changes title={t('changesFromWriter')} before={submitted} after={body} />}
      {last && <ChangesFromVersion versionId={last.id} after={body} />}
    </>
  );
}
