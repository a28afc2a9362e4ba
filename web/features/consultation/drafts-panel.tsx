import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { listDrafts } from '../../api/drafts/listed-drafts.ts';
import { draftsOf, useKeeper } from '../../api/drafts/use-draft.ts';
import { Panel } from '../../ui/page.tsx';
import { shortTime } from '../../ui/time.ts';
import { ToneTag } from '../../ui/tone-tag.tsx';
import { useDiscard } from '../../ui/use-discard.tsx';
import { requestDrafts } from './request-draft.ts';
import { useConsultationText } from './texts.ts';

/** Requests begun and not sent, here or on another machine, each one press from being continued. */
export function DraftsPanel() {
  const t = useConsultationText();
  const keeper = useKeeper(requestDrafts.word);
  const { gone, discard } = useDiscard(requestDrafts);
  const drafts = useQuery(draftsOf(requestDrafts.word));
  const listed = listDrafts(requestDrafts, drafts.data ?? [], keeper.all()).filter(({ name }) => !gone.has(name));
  if (!listed.length) return null;
  return (
    <Panel title={t('drafts')}>
      {listed.map((one) => (
        <div key={one.name} className="draft-line">
          <Link
            to="/consultations/new"
            search={{ draft: one.name }}
            className="draft-name"
            data-testid="consultation-draft"
          >
            {one.draft.reason || one.draft.purpose || t('draftUnnamed')}
          </Link>
          {one.isOnlyHere && <ToneTag tone="warn">{t('onThisMachine')}</ToneTag>}
          <span className="muted num">{shortTime(one.at)}</span>
          <Button size="small" type="text" onClick={() => void discard(one)}>
            {t('draftDrop')}
          </Button>
        </div>
      ))}
    </Panel>
  );
}
