import { DeleteOutlined } from '@ant-design/icons';
import { caliperText } from '@lianzhen/ecg/sheet/caliper-values.ts';
import { Button } from 'antd';
import type { EcgCompany } from '../company.ts';
import { useEcgDesk } from '../desk.ts';
import { inkOf } from '../stage/ink-of.ts';

/** What others have measured in the same trace, with their names and colours. */
export function OtherCalipers({ company }: { readonly company: EcgCompany }) {
  const { say } = useEcgDesk();
  const { calipers, onRemoveOther } = company;
  if (calipers.length === 0) return null;
  return (
    <ul className="lze-calipers" data-testid="ecg-other-calipers">
      {calipers.map(({ caliper, author, colour }) => (
        <li key={caliper.id}>
          <span className="lze-plain">
            <i className="lze-author" style={{ background: inkOf(colour) }} />
            <span>{author}</span>
            <span>{say(`caliper.${caliper.kind}`)}</span>
            <span>{caliper.lead}</span>
            <b>{caliperText(caliper)}</b>
          </span>
          {onRemoveOther && (
            <Button
              size="small"
              type="text"
              icon={<DeleteOutlined />}
              aria-label={say('removeCaliper')}
              onClick={() => onRemoveOther(caliper.id)}
            />
          )}
        </li>
      ))}
    </ul>
  );
}
