import { dayText } from '@lianzhen/contracts/report-dates.ts';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { App } from 'antd';
import { useState } from 'react';
import { ask, useAct } from '../../api/queries.ts';
import { useNames } from '../../api/vocabulary.ts';
import { Loaded } from '../../ui/loaded.tsx';
import { Nothing } from '../../ui/nothing.tsx';
import { ReasonDialog } from '../../ui/reason-dialog.tsx';
import { SearchBox } from '../../ui/search-box.tsx';
import { type Attachable, AttachChoice } from './attach-choice.tsx';
import { Differences } from './differences.tsx';
import { headerName } from './header-name.ts';
import type { Study } from './study.ts';
import { useImagingText } from './texts.ts';
import './imaging.css';

/** How the header writes what the order has in words. */
const headerSexes: Record<string, 'male' | 'female'> = { M: 'male', F: 'female' };

/** Finds the exam that a study belongs to. Both sides, and where they disagree, are on screen before the person decides. */
export function AttachDialog({ study, onClose }: { study: Study; onClose: () => void }) {
  const t = useImagingText();
  const names = useNames();
  const { message } = App.useApp();
  const [q, setQ] = useState('');
  const [chosen, setChosen] = useState<Attachable>();
  const [isAsked, setAsked] = useState(false);
  const exams = useQuery({ ...ask('imaging', 'attachable', { id: study.id, q }), placeholderData: keepPreviousData });
  const attach = useAct('imaging', 'attachStudy', {
    onSuccess: () => {
      void message.success(t('attached'));
      onClose();
    },
  });
  const search = (next: string) => {
    setQ(next);
    // What cannot be seen any more is not what one chose.
    setChosen(undefined);
  };
  const sex = headerSexes[study.headerSex ?? ''];
  const who = [study.headerPatientId, sex && names('sex', sex), dayText(study.headerBirthDate)];
  const what = [study.modalities.join('/'), study.description, dayText(study.studyDate)];
  const isUnlike = chosen !== undefined && chosen.differences.length > 0;
  return (
    <ReasonDialog
      isOpen
      title={t('attach-title')}
      act={t(isUnlike ? 'attach-anyway' : 'attach')}
      isDangerous={isUnlike}
      note={
        <>
          <p>
            <strong>{headerName(study.headerName) || t('nameless')}</strong> ·{' '}
            {[...who, ...what].filter(Boolean).join(' · ')}
          </p>
          <p className="muted">{t('attach-note')}</p>
          <SearchBox value={q} onSearch={search} placeholder={t('attach-search')} />
          <Loaded query={exams} rows={3}>
            {({ rows, hasMore }) => (
              <>
                {rows.length === 0 && <Nothing text={t(q ? 'attach-not-found' : 'attach-none')} />}
                <AttachChoice exams={rows} chosen={chosen?.id} onChoose={setChosen} />
                {hasMore && <p className="muted">{t('attach-more', { n: rows.length })}</p>}
              </>
            )}
          </Loaded>
          {chosen && isUnlike && (
            <div role="alert" data-testid="attach-differences">
              <p className="field-error">{t('attach-warning')}</p>
              <Differences differences={chosen.differences} />
            </div>
          )}
          {isAsked && !chosen && <p className="field-error">{t('attach-choose')}</p>}
        </>
      }
      isBusy={attach.isPending}
      error={attach.error}
      onAct={(reason) => {
        setAsked(true);
        if (chosen) attach.mutate({ id: study.id, orderExamId: chosen.id, reason });
      }}
      onClose={onClose}
    />
  );
}
