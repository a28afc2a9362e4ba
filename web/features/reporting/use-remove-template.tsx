import { App, Button } from 'antd';
import { useAct } from '../../api/queries.ts';
import { useErrorText } from '../../api/vocabulary.ts';
import type { Template } from './template-rank.ts';
import { useReportingText } from './texts.ts';

/** Deletes a template of one's own at once; a slip is undone by saving it again. */
export function useRemoveTemplate(): (template: Template) => void {
  const t = useReportingText();
  const why = useErrorText();
  const { message } = App.useApp();
  const save = useAct('reporting', 'saveTemplate');
  const remove = useAct('reporting', 'removeTemplate');
  return ({ id, revision: _, isOwn: __, nameEn: ___, ...template }) => {
    const key = `template-${id}`;
    const undo = () => {
      message.destroy(key);
      save.mutate(template);
    };
    const content = (
      <>
        {t('templateRemoved', { name: template.name })}{' '}
        <Button type="link" size="small" onClick={undo}>
          {t('undo')}
        </Button>
      </>
    );
    remove.mutate(
      { id },
      {
        onSuccess: () => void message.open({ key, type: 'info', duration: 8, content }),
        onError: (error) => void message.error(why(error.code)),
      },
    );
  };
}
