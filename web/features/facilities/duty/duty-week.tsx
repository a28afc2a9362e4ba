import { type DutyRosterView, mostInTurn, mostShifts } from '@lianzhen/contracts/duty-roster.ts';
import { App, Button } from 'antd';
import { Failure } from '../../../ui/failure.tsx';
import { Nothing } from '../../../ui/nothing.tsx';
import { shortTime } from '../../../ui/time.ts';
import { hopMinutes, usualShifts, withAnother, withShift } from './duty-edit.ts';
import { DutyNow } from './duty-now.tsx';
import { DutyRow } from './duty-row.tsx';
import { useDutyText } from './duty-texts.ts';
import { useDutyDraft } from './use-duty-draft.ts';

/** The week in shifts: who is called first, who is next. */
export function DutyWeek({ view, onBack }: { view: DutyRosterView; onBack: () => void }) {
  const t = useDutyText();
  const { modal } = App.useApp();
  const draft = useDutyDraft(view);
  const { shifts, isDirty, change, error } = draft;
  const back = () => {
    if (!isDirty) return onBack();
    void modal.confirm({
      title: t('drop-question'),
      okText: t('drop'),
      cancelText: t('stay'),
      onOk: onBack,
    });
  };
  const goBack = (
    <Button onClick={back} data-testid="duty-back">
      {t('back')}
    </Button>
  );
  if (shifts.length === 0 && !isDirty)
    return (
      <>
        <div className="bar">{goBack}</div>
        <Nothing text={t('empty', { minutes: hopMinutes })}>
          <Button type="primary" onClick={() => change(usualShifts())} data-testid="duty-begin" autoFocus>
            {t('begin')}
          </Button>
        </Nothing>
      </>
    );
  return (
    <>
      <DutyNow view={view} shifts={shifts} />
      <p className="muted">{t('order-note', { most: mostInTurn })}</p>
      <div className="stack">
        {shifts.map((shift, at) => (
          <DutyRow
            // biome-ignore lint/suspicious/noArrayIndexKey: a shift is known by its place, as in the roster.
            key={at}
            at={at}
            shift={shift}
            view={view}
            onChange={(next) => change(withShift(shifts, at, next))}
            onRemove={() => change(shifts.filter((_, index) => index !== at))}
          />
        ))}
      </div>
      {error && <Failure error={error} text={error.code === 'stale-revision' ? t('stale') : undefined} />}
      <div className="bar duty-acts">
        <Button type="primary" onClick={draft.save} loading={draft.isBusy} disabled={!isDirty} data-testid="duty-save">
          {t('save')} <kbd>Ctrl S</kbd>
        </Button>
        {error?.code === 'stale-revision' && (
          <Button onClick={draft.dropMine} data-testid="duty-newest">
            {t('load-newest')}
          </Button>
        )}
        <Button
          disabled={shifts.length >= mostShifts}
          onClick={() => change(withAnother(shifts))}
          data-testid="duty-add-shift"
        >
          {t('add-shift')}
        </Button>
        {goBack}
        {isDirty && <span className="tone tone-warn">{t('unsaved')}</span>}
        {!isDirty && view.changedAt && (
          <span className="muted">
            {t('changed', { name: view.changedByName ?? '', at: shortTime(view.changedAt) })}
          </span>
        )}
      </div>
    </>
  );
}
