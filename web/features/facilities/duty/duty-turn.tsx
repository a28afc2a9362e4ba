import { type DutyRosterView, mostInTurn } from '@lianzhen/contracts/duty-roster.ts';
import { Select, Tag } from 'antd';
import { useNames } from '../../../api/vocabulary.ts';
import { useDutyText } from './duty-texts.ts';

interface DutyTurnProps {
  /** For those who hear the page. */
  label: string;
  day: number;
  /** In the order of calling. */
  value: string[];
  people: DutyRosterView['people'];
  onChange: (ids: string[]) => void;
}

/** Who is called on one day in one shift, numbered as they are called. */
export function DutyTurn({ label, day, value, people, onChange }: DutyTurnProps) {
  const t = useDutyText();
  const names = useNames();
  const shown = people.filter(({ id, isGone }) => !isGone || value.includes(id));
  const nameOf = (id: unknown) => people.find((one) => one.id === id);
  return (
    <Select<string[]>
      mode="multiple"
      aria-label={label}
      className="full"
      placeholder={t('pick')}
      value={value}
      onChange={onChange}
      maxCount={mostInTurn}
      showSearch={{ optionFilterProp: 'label' }}
      suffixIcon={null}
      popupMatchSelectWidth={260}
      options={shown.map(({ id, name, title, isReader, isGone }) => ({
        value: id,
        label: [name, title && names('title', title), isGone ? t('is-gone') : !isReader && t('not-reader')]
          .filter(Boolean)
          .join(' · '),
      }))}
      tagRender={({ value: id, onClose }) => (
        <Tag
          className="duty-tag"
          color={nameOf(id)?.isGone ? 'error' : undefined}
          closable
          onClose={onClose}
          onMouseDown={(event) => {
            event.preventDefault();
            event.stopPropagation();
          }}
        >
          <span className="num">{value.indexOf(String(id)) + 1}</span> {nameOf(id)?.name}
        </Tag>
      )}
      data-testid={`duty-turn-${day}`}
    />
  );
}
