import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button, Popconfirm } from 'antd';
import { ask, useAct } from '../../api/queries.ts';
import { Panel } from '../../ui/page.tsx';
import { shortTime } from '../../ui/time.ts';
import { RequestDraft } from './request-draft.ts';
import { useConsultationText } from './texts.ts';

/** Requests begun and not sent, each one press from being continued. */
export function DraftsPanel() {
  const t = useConsultationText();
  const drafts = useQuery(ask('consultation', 'drafts'));
  const discard = useAct('consultation', 'discardDraft');
  if (!drafts.data?.length) return null;
  return (
    <Panel title={t('drafts')}>
      {drafts.data.map(({ id, content, updatedAt }) => {
        const draft = RequestDraft.parse(content);
        return (
          <div key={id} className="draft-line">
            <Link
              to="/consultations/new"
              search={{ draft: id }}
              className="draft-name"
              data-testid="consultation-draft"
            >
              {draft.reason || draft.purpose || t('draftUnnamed')}
            </Link>
            <span className="muted num">{shortTime(updatedAt)}</span>
            <Popconfirm title={t('draftDrop')} onConfirm={() => discard.mutate({ id })}>
              <Button size="small" type="text">
                {t('draftDrop')}
              </Button>
            </Popconfirm>
          </div>
        );
      })}
    </Panel>
  );
}
