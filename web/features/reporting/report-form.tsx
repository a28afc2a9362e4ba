import { FileTextOutlined } from '@ant-design/icons';
import { App, Button } from 'antd';
import { useEffect, useState } from 'react';
import { Changes, ChangesFromVersion } from './changes.tsx';
import { Conflict } from './conflict.tsx';
import { CopyText } from './copy-text.tsx';
import { Notices } from './notices.tsx';
import type { Hold, Report, ReportPanelProps } from './panel-props.ts';
import { Preview } from './preview.tsx';
import { bodyOf, texts } from './report-body.ts';
import { SaveLine } from './save-line.tsx';
import { SignActs } from './sign-acts.tsx';
import { TemplateLibrary } from './template-library.tsx';
import type { Template } from './template-rank.ts';
import { TextField } from './text-field.tsx';
import { useReportingText } from './texts.ts';
import { useFields } from './use-fields.ts';
import { useReportKeys } from './use-report-keys.ts';
import { useReportText } from './use-report-text.ts';
import { useSign } from './use-sign.ts';
import { Verdict } from './verdict.tsx';
import { VersionList } from './version-list.tsx';

interface ReportFormProps extends ReportPanelProps {
  view: Report;
  purpose: Hold['purpose'];
}
type Aside = 'templates' | 'changes' | undefined;

/** The report while it is written or reviewed. */
export function ReportForm(props: ReportFormProps) {
  const { kase, view, hold, purpose, isLost, seen, beforeLeaving } = props;
  const t = useReportingText();
  const { message } = App.useApp();
  const isReview = purpose === 'review';
  const [aside, setAside] = useState<Aside>();
  const [isPreviewed, setPreviewed] = useState(false);
  const [hasAdvice, setHasAdvice] = useState(false);
  const [submitted] = useState(() => bodyOf(view));
  const text = useReportText(props);
  const fields = useFields();
  const sign = useSign({ ...props, text, focus: fields.focus });
  const { body, status, change } = text;
  const conflict = status.kind === 'conflict' ? status : undefined;
  const isReadOnly = !hold;

  const toggle = (part: Aside) => setAside((now) => (now === part ? undefined : part));
  useReportKeys({
    sign: () => !conflict && sign.run(isReview ? 'approved' : 'submitted'),
    templates: () => toggle('templates'),
    nextBlank: () => void fields.nextBlank(),
    goToText: () => fields.focus('findings'),
  });
  const { saver } = text;
  useEffect(() => beforeLeaving(() => saver().flush()), [beforeLeaving, saver]);

  const pick = (template: Template) => {
    const before = bodyOf(body);
    if (template.advice) setHasAdvice(true);
    fields.put(template);
    if (template.kind === 'template') change({ templateId: template.id });
    const key = 'inserted';
    const undo = () => {
      message.destroy(key);
      change(before);
    };
    const content = (
      <>
        {t('inserted', { name: template.name })}{' '}
        <Button type="link" size="small" onClick={undo}>
          {t('undo')}
        </Button>
      </>
    );
    void message.open({ key, type: 'success', duration: 5, content });
  };
  const last = view.versions.findLast(({ isReplaced }) => !isReplaced);

  return (
    <div className="report-panel" data-testid="report-form">
      <header className="report-head">
        {!isReadOnly && (
          <Button
            size="small"
            type={aside === 'templates' ? 'primary' : 'default'}
            icon={<FileTextOutlined />}
            aria-expanded={aside === 'templates'}
            title="Alt+T"
            onClick={() => toggle('templates')}
            data-testid="open-templates"
          >
            {t('templates')}
          </Button>
        )}
        <Button size="small" onClick={() => setPreviewed(true)} data-testid="preview">
          {t('preview')}
        </Button>
        {(isReview || last) && (
          <Button
            size="small"
            type={aside === 'changes' ? 'primary' : 'default'}
            aria-expanded={aside === 'changes'}
            onClick={() => toggle('changes')}
            data-testid="show-changes"
          >
            {t('changes')}
          </Button>
        )}
        {isLost && <CopyText body={body} />}
        <SaveLine status={isLost ? { kind: 'lost' } : status} />
      </header>
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
        {aside === 'templates' && <TemplateLibrary kase={kase} body={body} onPick={pick} />}
        {aside === 'changes' && isReview && <Changes title={t('changesFromWriter')} before={submitted} after={body} />}
        {aside === 'changes' && last && <ChangesFromVersion versionId={last.id} after={body} />}
        {texts.map((name) =>
          name === 'advice' && !hasAdvice && !body.advice ? (
            <Button
              key={name}
              type="link"
              size="small"
              className="report-add"
              disabled={isReadOnly}
              onClick={() => setHasAdvice(true)}
              data-testid="add-advice"
            >
              + {t('addAdvice')}
            </Button>
          ) : (
            <TextField
              key={name}
              name={name}
              value={body[name]}
              isReadOnly={isReadOnly}
              isMissing={name !== 'advice' && sign.missing.includes(name)}
              fields={fields}
              onText={(value) => {
                if (name !== 'advice') sign.clear(name);
                change({ [name]: value });
              }}
            />
          ),
        )}
        <Verdict body={body} isReadOnly={isReadOnly} missing={sign.missing} fields={fields} change={change} />
        {view.versions.length > 0 && <VersionList versions={view.versions} />}
      </div>
      {hold && (
        <SignActs
          kase={kase}
          sign={sign}
          seen={seen}
          isReview={isReview}
          hasFinal={view.versions.some(({ kind }) => kind !== 'preliminary')}
          isBlocked={conflict !== undefined}
          warnings={view.warnings}
        />
      )}
      {isPreviewed && <Preview kase={kase} view={view} body={body} onClose={() => setPreviewed(false)} />}
    </div>
  );
}
