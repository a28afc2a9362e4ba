import {
  ArrowLeftOutlined,
  InfoCircleOutlined,
  MenuFoldOutlined,
  MenuUnfoldOutlined,
  QuestionCircleOutlined,
  StepForwardOutlined,
  VideoCameraOutlined,
} from '@ant-design/icons';
import { Link } from '@tanstack/react-router';
import { Button, Dropdown } from 'antd';
import type { ReactNode } from 'react';
import { useColon } from '../../api/texts.ts';
import { ToneTag } from '../../ui/tone-tag.tsx';
import { useNarrow } from '../../ui/use-narrow.ts';
import { ExamNames, PatientName } from './case-parts.tsx';
import { CaseStateTag, UrgencyTag } from './case-state.tsx';
import { DueClock } from './due-clock.tsx';
import { LeaseChip } from './lease-chip.tsx';
import { useWorklistText } from './texts.ts';
import type { Lease } from './use-lease.ts';
import type { Kase } from './use-open-case.ts';
import type { WorklistSearch } from './worklist-search.ts';

interface StripActs {
  next: () => void;
  isNextPending: boolean;
  release: () => void;
  isReleasing: boolean;
  askReturn: () => void;
  mayReturn: boolean;
  showHelp: () => void;
  toggleCase: () => void;
  toggleReport: () => void;
  /** Only for who may ask for a consultation. */
  consult?: () => void;
  isConsulting: boolean;
}
interface DeskStripProps {
  kase: Kase;
  lease: Lease;
  now: Date;
  search: WorklistSearch;
  isCaseOpen: boolean;
  isReportOpen: boolean;
  acts: StripActs;
}

/** Whose case it is, what is asked, until when, and what can be done with it: always in sight. */
export function DeskStrip({ kase, lease, now, search, isCaseOpen, isReportOpen, acts }: DeskStripProps) {
  const t = useWorklistText();
  const isNarrow = useNarrow();
  return (
    <header className="desk-strip">
      <div className="desk-line">
        <Link to="/worklist" search={search} aria-label={t('back')} title={t('back')} className="desk-back">
          <ArrowLeftOutlined />
        </Link>
        <UrgencyTag urgency={kase.urgency} />
        <h1 className="desk-patient" data-testid="desk-patient">
          <PatientName patient={kase.patient} />
        </h1>
        <span className="desk-exams">
          <ExamNames exams={kase.exams} />
        </span>
        {!isNarrow && <span className="muted">{t('fromFacility', { name: kase.requestingFacility })}</span>}
        <DueClock row={kase} now={now} hasTime={!isNarrow} />
        {kase.hasLateImages && <ToneTag tone="warn">{t('late')}</ToneTag>}
        <HiddenImages kase={kase} />
        <span className="desk-state" data-testid="case-state" data-state={kase.state}>
          <CaseStateTag state={kase.state} />
        </span>
        <LeaseChip lease={lease} isShort={isNarrow} />
        <span className="desk-space" />
        <StripButtons hasHold={lease.hold !== null} isNarrow={isNarrow} isReportOpen={isReportOpen} acts={acts} />
      </div>
      {!isNarrow && (
        <button
          type="button"
          className="desk-line desk-request"
          onClick={acts.toggleCase}
          title={t(isCaseOpen ? 'hideCase' : 'showCase')}
          aria-expanded={isCaseOpen}
          data-testid="toggle-case"
        >
          <Asked label={t('purpose')} text={kase.purpose} />
          <Asked label={t('history')} text={kase.history} />
          <Asked label={t('diagnosis')} text={kase.diagnosisText} />
          <Counts kase={kase} />
          <span className="desk-more">
            <InfoCircleOutlined /> {t(isCaseOpen ? 'hideCase' : 'showCase')}{' '}
            <kbd>{kase.line === 'ecg' ? 'Alt C' : 'c'}</kbd>
          </span>
        </button>
      )}
    </header>
  );
}

/** A reader who does not know that images are missing takes what he sees for all there is. */
function HiddenImages({ kase }: { kase: Kase }) {
  const t = useWorklistText();
  const n = kase.studies.reduce((sum, { hiddenInstances }) => sum + hiddenInstances, 0);
  if (n === 0) return null;
  return (
    <span title={t('hiddenWhy')} data-testid="hidden-images">
      <ToneTag tone="bad">{t('hidden', { n })}</ToneTag>
    </span>
  );
}

function Asked({ label, text }: { label: string; text: string }) {
  const colon = useColon();
  return (
    <span className="desk-asked" title={`${label}${colon}${text}`}>
      <span className="muted">{label}</span> {text}
    </span>
  );
}

/** What is there beside the request, so that nobody overlooks it while the panel is closed. */
function Counts({ kase }: { kase: Kase }) {
  const t = useWorklistText();
  const part = (label: string, n: number, tone: 'info' | 'warn'): ReactNode =>
    n > 0 && (
      <ToneTag tone={tone}>
        {label} {n}
      </ToneTag>
    );
  return (
    <span className="desk-counts">
      {part(t('supplements'), kase.supplements.length, 'warn')}
      {part(t('priors'), kase.priors.length, 'info')}
    </span>
  );
}

interface StripButtonsProps {
  hasHold: boolean;
  isNarrow: boolean;
  isReportOpen: boolean;
  acts: StripActs;
}

function StripButtons({ hasHold, isNarrow, isReportOpen, acts }: StripButtonsProps) {
  const t = useWorklistText();
  const items = [
    ...(hasHold ? [{ key: 'release', label: t('release'), onClick: acts.release }] : []),
    ...(acts.consult ? [{ key: 'consult', label: t('consult'), onClick: acts.consult }] : []),
    ...(acts.mayReturn ? [{ key: 'return', label: t('returnCase'), danger: true, onClick: acts.askReturn }] : []),
  ];
  return (
    <span className="desk-buttons">
      {isNarrow && items.length > 0 && (
        <Dropdown menu={{ items }} trigger={['click']}>
          <Button>{t('more')}</Button>
        </Dropdown>
      )}
      {!isNarrow && acts.consult && (
        <Button
          size="small"
          icon={<VideoCameraOutlined />}
          loading={acts.isConsulting}
          onClick={acts.consult}
          title={t('consultNote')}
          data-testid="consult"
        >
          {t('consult')} <kbd>F8</kbd>
        </Button>
      )}
      {!isNarrow && hasHold && (
        <Button size="small" loading={acts.isReleasing} onClick={acts.release} data-testid="release">
          {t('release')}
        </Button>
      )}
      {!isNarrow && acts.mayReturn && (
        <Button size="small" danger onClick={acts.askReturn} data-testid="return-case">
          {t('returnCase')}
        </Button>
      )}
      <Button
        size={isNarrow ? 'middle' : 'small'}
        icon={<StepForwardOutlined />}
        loading={acts.isNextPending}
        onClick={acts.next}
        {...(isNarrow ? { 'aria-label': t('next') } : {})}
        data-testid="next-case"
      >
        {!isNarrow && (
          <>
            {t('next')} <kbd>n</kbd>
          </>
        )}
      </Button>
      {!isNarrow && (
        <>
          <SignButton
            sign={isReportOpen ? <MenuUnfoldOutlined /> : <MenuFoldOutlined />}
            name={t(isReportOpen ? 'hideReport' : 'showReportPanel')}
            chord="B"
            onPress={acts.toggleReport}
          />
          <SignButton sign={<QuestionCircleOutlined />} name={t('keys')} chord="F1" onPress={acts.showHelp} />
        </>
      )}
    </span>
  );
}

interface SignButtonProps {
  sign: ReactNode;
  name: string;
  chord: string;
  onPress: () => void;
}

function SignButton({ sign, name, chord, onPress }: SignButtonProps) {
  return (
    <Button size="small" type="text" icon={sign} aria-label={name} title={`${name}  ${chord}`} onClick={onPress} />
  );
}
