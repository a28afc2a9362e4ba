import { DeleteOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { useState } from 'react';
import { ask } from '../../api/queries.ts';
import { useLanguage } from '../../api/texts.ts';
import { Loaded } from '../../ui/loaded.tsx';
import type { Kase } from './panel-props.ts';
import type { Body } from './report-body.ts';
import { SaveTemplate } from './save-template.tsx';
import { rankTemplates, type Template } from './template-rank.ts';
import { useReportingText } from './texts.ts';
import { useRemoveTemplate } from './use-remove-template.tsx';
import './templates.css';

interface TemplateLibraryProps {
  kase: Kase;
  body: Body;
  onPick: (template: Template) => void;
}

/** Templates and blocks: those of this exam first, found by any word in them, put in with one click. */
export function TemplateLibrary({ kase, body, onPick }: TemplateLibraryProps) {
  const t = useReportingText();
  const [search, setSearch] = useState('');
  const templates = useQuery({ ...ask('reporting', 'templates', { line: kase.line }), staleTime: 300_000 });
  return (
    <section className="templates" data-testid="templates">
      <Input
        // On a touch screen the keyboard would cover what one came for.
        autoFocus={window.matchMedia('(pointer: fine)').matches}
        allowClear
        size="small"
        type="search"
        value={search}
        placeholder={t('templateSearch')}
        aria-label={t('templateSearch')}
        onChange={(event) => setSearch(event.target.value)}
      />
      <div className="template-list">
        <Loaded query={templates} rows={3}>
          {(all) => <TemplateGroups templates={all} kase={kase} search={search} onPick={onPick} />}
        </Loaded>
      </div>
      <SaveTemplate kase={kase} body={body} />
    </section>
  );
}

interface TemplateGroupsProps extends Pick<TemplateLibraryProps, 'kase' | 'onPick'> {
  templates: readonly Template[];
  search: string;
}

function TemplateGroups({ templates, kase, search, onPick }: TemplateGroupsProps) {
  const t = useReportingText();
  const groups = rankTemplates(templates, kase.exams, search);
  if (groups.length === 0) return <p className="muted">{t('templatesNone')}</p>;
  return groups.map(({ group, templates: ranked }) => (
    <div key={group}>
      <h2>{t(`group-${group}`)}</h2>
      {ranked.map((template) => (
        <TemplateLine key={template.id} template={template} onPick={onPick} />
      ))}
    </div>
  ));
}

function TemplateLine({ template, onPick }: { template: Template; onPick: (template: Template) => void }) {
  const t = useReportingText();
  const language = useLanguage();
  const remove = useRemoveTemplate();
  const name = (language === 'en' && template.nameEn) || template.name;
  const preview = [template.findings, template.impression, template.advice].filter(Boolean).join('\n');
  return (
    <div className="template">
      <button
        type="button"
        className="template-pick"
        title={preview}
        onClick={() => onPick(template)}
        data-testid="template"
        data-template={template.name}
      >
        <span className="template-name">{name}</span>
        {template.kind === 'block' && <span className="template-mark">{t('block')}</span>}
        {template.isOwn && <span className="template-mark template-own">{t('own')}</span>}
        <span className="template-text">{template.impression || template.findings}</span>
      </button>
      {template.isOwn && (
        <Button
          type="text"
          size="small"
          icon={<DeleteOutlined />}
          aria-label={t('removeTemplate', { name })}
          onClick={() => remove(template)}
        />
      )}
    </div>
  );
}
