import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { App, Button } from 'antd';
import { useState } from 'react';
import { asApiError } from '../../api/api-error.ts';
import { api } from '../../api/client.ts';
import { ask } from '../../api/queries.ts';
import { useErrorText } from '../../api/vocabulary.ts';
import { Failure } from '../../ui/failure.tsx';
import { Panel } from '../../ui/page.tsx';
import { shortTime } from '../../ui/time.ts';
import { ToneTag } from '../../ui/tone-tag.tsx';
import { type ListedDraft, listDrafts } from './listed-drafts.ts';
import { useOrdersText } from './texts.ts';
import { useKeeper } from './use-draft.ts';

/** What was begun and not sent, here or on another machine; also what a dead link has kept on this one. */
export function DraftsPanel() {
  const t = useOrdersText();
  const why = useErrorText();
  const { message } = App.useApp();
  const cache = useQueryClient();
  const keeper = useKeeper();
  const drafts = useQuery(ask('orders', 'drafts'));
  const [gone, setGone] = useState<ReadonlySet<string>>(new Set());
  const listed = listDrafts(drafts.data ?? [], keeper.all()).filter((one) => !gone.has(one.name));
  const refresh = () => void cache.invalidateQueries({ queryKey: ask('orders', 'drafts').queryKey });

  const restore = async (one: ListedDraft) => {
    setGone((names) => new Set([...names].filter((name) => name !== one.name)));
    if (one.kept) keeper.put(one.draft.key, one.kept);
    if (one.id) await api.orders.createDraft({ facilityId: one.draft.facilityId, content: one.content });
    refresh();
  };
  const tellFailure = (cause: unknown) => void message.error(why(asApiError(cause).code));
  const discard = async (one: ListedDraft) => {
    setGone((names) => new Set([...names, one.name]));
    try {
      if (one.id) await api.orders.discardDraft({ id: one.id });
    } catch (cause) {
      setGone((names) => new Set([...names].filter((name) => name !== one.name)));
      return tellFailure(cause);
    }
    keeper.remove(one.draft.key);
    refresh();
    const undo = () => {
      message.destroy(one.name);
      restore(one).catch(tellFailure);
    };
    void message.open({
      key: one.name,
      duration: 8,
      content: (
        <>
          {t('discarded')}{' '}
          <Button type="link" size="small" onClick={undo} data-testid="undo-discard">
            {t('undo')}
          </Button>
        </>
      ),
    });
  };
  if (drafts.error && !listed.length) return <Failure error={drafts.error} onRetry={() => void drafts.refetch()} />;
  if (!listed.length) return null;
  return (
    <Panel title={t('drafts')}>
      {listed.map((one) => (
        <div key={one.name} className="draft-row" data-testid="draft-row">
          <span>
            <span className="strong">{one.draft.patient?.name ?? t('draftNoPatient')}</span>{' '}
            {one.draft.exams.map((exam) => exam.name).join('、')}
            <div className="muted ellipsis">{one.draft.purpose || one.draft.history}</div>
          </span>
          {one.isOnlyHere && <ToneTag tone="warn">{t('onThisMachine')}</ToneTag>}
          <span className="muted num">{t('changedAt', { at: shortTime(one.at) })}</span>
          <Link to="/orders/new" search={{ draft: one.name }}>
            {t('continueDraft')}
          </Link>
          <Button type="text" size="small" onClick={() => void discard(one)}>
            {t('discard')}
          </Button>
        </div>
      ))}
    </Panel>
  );
}
