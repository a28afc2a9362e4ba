import type { ServiceLine, Urgency } from '@lianzhen/contracts/facilities.ts';
import { deadlineMinutes } from '@lianzhen/contracts/facilities.ts';
import { Radio } from 'antd';
import { useLanguage } from '../../api/texts.ts';
import { spanText } from '../../ui/time.ts';
import { type OrdersKey, useOrdersText } from './texts.ts';
import type { Place } from './use-places.ts';

interface CentreChoiceProps {
  centres: readonly Place[];
  line: ServiceLine;
  urgency: Urgency;
  value: string;
  onChange: (centreId: string) => void;
}

/** Where the request may go now, and for the others what is missing. */
export function CentreChoice({ centres, line, urgency, value, onChange }: CentreChoiceProps) {
  const t = useOrdersText();
  const language = useLanguage();
  if (!centres.length) return <span className="muted">{t('noCentre')}</span>;
  const told = (centre: Place): string => {
    if (!centre.agreement || centre.closed) return t(`missing-${centre.closed ?? 'no-agreement'}` as OrdersKey);
    const minutes = deadlineMinutes(centre.agreement.deadlines, line, urgency);
    const reads = t('reads', { span: spanText(minutes * 60_000, language) });
    return `${reads} · ${t('agreement', { number: centre.agreement.number, to: centre.agreement.validTo })}`;
  };
  return (
    <Radio.Group className="centre-choice" value={value || null} onChange={(event) => onChange(event.target.value)}>
      {centres.map((centre) => (
        <Radio key={centre.id} value={centre.id} disabled={centre.closed !== null} data-testid="centre">
          <span className="strong">
            {centre.facility.name} {centre.name}
          </span>
          <br />
          <span className="muted">{told(centre)}</span>
        </Radio>
      ))}
    </Radio.Group>
  );
}
