import { App, Button } from 'antd';
import { useCallback, useEffect } from 'react';
import { applyInsertion, insertionOf } from './insert-text.ts';
import { type Body, bodyOf } from './report-body.ts';
import type { Template } from './template-rank.ts';
import { useReportingText } from './texts.ts';
import type { Fields } from './use-fields.ts';
import type { ReportText } from './use-report-text.ts';

const key = 'inserted';

/**
 * Puts a template into the texts with one click; another takes it out again, for as long as nothing was typed after it.
 */
export function usePickTemplate({ latest, change }: ReportText, fields: Fields) {
  const t = useReportingText();
  const { message } = App.useApp();
  const keep = useCallback(() => message.destroy(key), [message]);
  useEffect(() => keep, [keep]);
  const pick = (template: Template) => {
    const before = bodyOf(latest());
    const left = fields.put(template);
    const rest = left.map((key) => [key, applyInsertion(before[key], insertionOf(before[key], template[key], null))]);
    const origin: Partial<Body> = template.kind === 'template' ? { templateId: template.id } : {};
    if (rest.length > 0 || origin.templateId) change({ ...Object.fromEntries(rest), ...origin });
    const undo = () => {
      keep();
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
  return { pick, keep };
}
