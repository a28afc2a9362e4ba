import { PlusOutlined } from '@ant-design/icons';
import { IdentifierType } from '@lianzhen/contracts/patients.ts';
import { Button } from 'antd';
import { IdentifierRow } from './identifier-row.tsx';
import { usePatientsText } from './texts.ts';
import { likelyIssuer, type TypedIdentifier } from './typed-patient.ts';

interface IdentifierRowsProps {
  rows: TypedIdentifier[];
  facilityCode: string;
  idCard: string | undefined;
  hasError: boolean;
  onChange: (rows: TypedIdentifier[]) => void;
}

/** The numbers of a patient. An ID card is checked as it is typed. */
export function IdentifierRows({ rows, facilityCode, idCard, hasError, onChange }: IdentifierRowsProps) {
  const t = usePatientsText();
  const issuerOf = (type: IdentifierType) => likelyIssuer(type, facilityCode, idCard);
  const unused = IdentifierType.options.find((type) => !rows.some((row) => row.type === type));
  return (
    <div className="stack">
      {rows.map((row, at) => (
        <IdentifierRow
          // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place; two rows may say the same while one types.
          key={at}
          row={row}
          hasError={hasError}
          issuerOf={issuerOf}
          onChange={(next) => onChange(rows.with(at, next))}
          onRemove={rows.length > 1 ? () => onChange(rows.toSpliced(at, 1)) : undefined}
        />
      ))}
      {unused && (
        <div>
          <Button
            size="small"
            icon={<PlusOutlined />}
            onClick={() => onChange([...rows, { type: unused, issuer: issuerOf(unused), value: '' }])}
          >
            {t('addNumber')}
          </Button>
        </div>
      )}
    </div>
  );
}
