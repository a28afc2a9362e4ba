import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { type ListedDraft, listDrafts } from '../../api/drafts/listed-drafts.ts';
import { draftsOf, useKeeper } from '../../api/drafts/use-draft.ts';
import { useListComma } from '../../api/texts.ts';
import { Failure } from '../../ui/failure.tsx';
import { Panel } from '../../ui/page.tsx';
import { shortTime } from '../../ui/time.ts';
import { ToneTag } from '../../ui/tone-tag.tsx';
import { useDiscard } from '../../ui/use-discard.tsx';
import { type OrderDraft, orderDrafts } from './draft.ts';
import { useOrdersText } from './texts.ts';

/** What was begun and not sent, here or on another machine; also what a dead link has kept on this one. */
export function DraftsPanel() {
  const t = useOrdersText();
  const keeper = useKeeper(orderDrafts.word);
  const { gone, discard } = useDiscard(orderDrafts);
  const drafts = useQuery(draftsOf(orderDrafts.word));
  const listed = listDrafts(orderDrafts, drafts.data ?? [], keeper.all()).filter((one) => !gone.has(one.name));
  if (drafts.error && !listed.length) return <Failure error={drafts.error} onRetry={() => void drafts.refetch()} />;
  if (!listed.length) return null;
  return (
    <Panel title={t('drafts')}>
      {listed.map((one) => (
        <DraftRow key={one.name} one={one} onDiscard={() => void discard(one)} />
      ))}
    </Panel>
  );
}

function DraftRow({ one, onDiscard }: { one: ListedDraft<OrderDraft>; onDiscard: () => void }) {
  const t = useOrdersText();
  const comma = useListComma();
  return (
    <div className="draft-row" data-testid="draft-row">
      <span>
        <span className="strong">{one.draft.patient?.name ?? t('draftNoPatient')}</span>{' '}
        {one.draft.exams.map((exam) => exam.name).join(comma)}
        <div className="muted ellipsis">{one.draft.purpose || one.draft.history}</div>
      </span>
      {one.isOnlyHere && <ToneTag tone="warn">{t('onThisMachine')}</ToneTag>}
      <span className="muted num">{t('changedAt', { at: shortTime(one.at) })}</span>
      <Link to="/orders/new" search={{ draft: one.name }}>
        {t('continueDraft')}
      </Link>
      <Button type="text" size="small" onClick={onDiscard}>
        {t('discard')}
      </Button>
    </div>
  );
}
