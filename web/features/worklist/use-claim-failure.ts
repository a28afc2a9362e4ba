import { App } from 'antd';
import type { ApiError } from '../../api/api-error.ts';
import { useErrorText } from '../../api/vocabulary.ts';
import { useWorklistText } from './texts.ts';

/** Tells why a claim was refused; to the loser of a race, who won it. */
export function useClaimFailure(): (error: ApiError) => void {
  const t = useWorklistText();
  const why = useErrorText();
  const { message } = App.useApp();
  return (error) => {
    const { holder } = error.details;
    const isRace = error.code === 'already-claimed' && typeof holder === 'string';
    void message.warning(isRace ? t('lostRace', { name: holder }) : why(error.code), 5);
  };
}
