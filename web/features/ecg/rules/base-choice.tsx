import type { RuleListView, RulesView } from '@lianzhen/contracts/ecg-rules.ts';
import { App, Select } from 'antd';
import type { Draft } from './draft-state.ts';
import { keyOf, useListName } from './list-words.ts';
import { useRulesText } from './texts.ts';

interface BaseChoiceProps {
  view: RulesView;
  draft: Draft;
  isTouched: boolean;
  onChoose: (draft: Draft) => void;
}

/** What the draft is made from. Another choice begins again, and says so where something would be lost. */
export function BaseChoice({ view, draft, isTouched, onChoose }: BaseChoiceProps) {
  const t = useRulesText();
  const nameOf = useListName();
  const { modal } = App.useApp();
  const { inForce, coming } = view;
  const others = [...(coming ? [coming] : []), ...view.defaults];
  const lists = [inForce, ...others.filter((list) => keyOf(list) !== keyOf(inForce))];
  const labelOf = (list: RuleListView) => {
    const name = nameOf(list);
    return list === inForce ? t('inUse', { name }) : list === coming ? t('isComing', { name }) : name;
  };
  const choose = (key: string) => {
    const base = lists.find((list) => keyOf(list) === key);
    if (!base) return;
    const begin = () => onChoose({ ...draft, base, edits: {} });
    if (!isTouched) begin();
    else void modal.confirm({ title: t('beginAgain'), okText: t('goOn'), cancelText: t('keep'), onOk: begin });
  };
  return (
    <div className="rules-field rules-base">
      <span>{t('beginWith')}</span>
      <Select
        value={keyOf(draft.base)}
        onChange={choose}
        aria-label={t('beginWith')}
        options={lists.map((list) => ({ value: keyOf(list), label: labelOf(list) }))}
        data-testid="rules-base"
      />
    </div>
  );
}
