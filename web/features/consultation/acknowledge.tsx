import { Button, Input, Rate } from 'antd';
import { useState } from 'react';
import { useAct } from '../../api/queries.ts';
import { Failure } from '../../ui/failure.tsx';
import { useConsultationText } from './texts.ts';

/** The requester has read the opinion, and may say how it was. */
export function Acknowledge({ id }: { id: string }) {
  const t = useConsultationText();
  const [rating, setRating] = useState(0);
  const [comment, setComment] = useState('');
  const act = useAct('consultation', 'acknowledge');
  const send = () => act.mutate({ id, comment, ...(rating ? { rating } : {}) });
  return (
    <div className="stack acknowledge">
      <span>{t('acknowledgeNote')}</span>
      <div className="row">
        <span>{t('rating')}</span>
        <Rate value={rating} onChange={setRating} />
        <Input
          className="acknowledge-comment"
          aria-label={t('comment')}
          placeholder={t('comment')}
          maxLength={500}
          value={comment}
          onChange={(event) => setComment(event.target.value)}
        />
      </div>
      {act.error && <Failure error={act.error} />}
      <div>
        <Button type="primary" loading={act.isPending} onClick={send} data-testid="acknowledge">
          {t('acknowledge')}
        </Button>
      </div>
    </div>
  );
}
