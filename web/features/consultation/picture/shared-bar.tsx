import { Button, Select, Tooltip } from 'antd';
import { leaveField } from '../../../ui/leave-field.ts';
import type { SharedStudyChoice } from './shared-room.ts';
import { choiceTitle } from './study-choices.ts';
import { useSharedText } from './texts.ts';
import type { Standing } from './use-picture.ts';

interface SharedBarProps {
  readonly studies: readonly SharedStudyChoice[];
  readonly studyUid: string | null;
  readonly standing: Standing;
  /** Null when nobody leads. */
  readonly leader: { readonly name: string; readonly colour: string } | null;
  /** The leader's study, where it is another than the one on this screen. */
  readonly leaderStudy: string | null;
  readonly canLead: boolean;
  readonly onChoose: (studyUid: string) => void;
  readonly onToggleFollow: () => void;
  readonly onTakeLead: () => void;
}

/** Above the picture: which study, who leads, and the way between following and looking for oneself. */
export function SharedBar(props: SharedBarProps) {
  const { studies, studyUid, standing, leader, leaderStudy, canLead } = props;
  const t = useSharedText();
  return (
    <div className="shared-bar">
      <Select
        className="shared-studies"
        size="small"
        aria-label={t('studies')}
        placeholder={t('chooseStudy')}
        value={studyUid}
        onChange={props.onChoose}
        onSelect={leaveField}
        options={studies.map((study) => ({ value: study.studyInstanceUid, label: choiceTitle(study, t('trace')) }))}
        data-testid="shared-studies"
      />
      <span className="shared-standing" role="status" data-testid="standing" data-standing={standing}>
        {leader && <i style={{ background: leader.colour }} />}
        {standing === 'leading' && t('leading')}
        {standing === 'self' && t('self')}
        {standing === 'following' && (leader ? t('following', { name: leader.name }) : t('followingNobody'))}
        {leader && leaderStudy && <small>{t('leaderAt', { name: leader.name, study: leaderStudy })}</small>}
      </span>
      <span className="shared-acts">
        {standing !== 'leading' && (
          <Tooltip title={t('followNote')}>
            <Button
              size="small"
              type={standing === 'self' ? 'primary' : 'default'}
              aria-pressed={standing === 'following'}
              onClick={props.onToggleFollow}
              data-testid="follow"
            >
              {standing === 'self' ? t('follow') : t('lookMyself')}
            </Button>
          </Tooltip>
        )}
        {canLead && standing !== 'leading' && (
          <Button size="small" onClick={props.onTakeLead} data-testid="take-lead">
            {t('takeLead')}
          </Button>
        )}
      </span>
    </div>
  );
}
