import { App, Button } from 'antd';
import { useAct } from '../../../api/queries.ts';
import { useErrorText } from '../../../api/vocabulary.ts';
import { type Expert, expertKey, wholeOf } from './expert.ts';
import { useExpertText } from './texts.ts';

/** Takes somebody out of the directory at once, and offers to take that back; the entry stays and can be put back later. */
export function Listing({ expert }: { expert: Expert }) {
  const t = useExpertText();
  const why = useErrorText();
  const { message } = App.useApp();
  const save = useAct('consultation', 'saveExpert', { onError: (error) => void message.error(why(error.code)) });
  const { name, isListed } = expert;
  const key = expertKey(expert);
  const putBack = (entry: Expert) =>
    save.mutate(wholeOf(entry, { isListed: true }), {
      onSuccess: () => void message.success({ key, content: t('isBack', { name }) }),
    });
  const takeOut = () =>
    save.mutate(wholeOf(expert, { isListed: false }), {
      onSuccess: ({ revision }) => {
        const undo = () => putBack({ ...expert, revision });
        const button = (
          <Button key="undo" type="link" size="small" onClick={undo} data-testid="expert-undo">
            {t('undo')}
          </Button>
        );
        void message.success({ key, duration: 8, content: [t('takenOut', { name }), ' ', button] });
      },
    });
  return isListed ? (
    <Button size="small" danger onClick={takeOut} loading={save.isPending} data-testid="expert-take-out">
      {t('takeOut')}
    </Button>
  ) : (
    <Button size="small" onClick={() => putBack(expert)} loading={save.isPending} data-testid="expert-put-back">
      {t('putBack')}
    </Button>
  );
}
