import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import type { IdentifierType } from '@lianzhen/contracts/patients.ts';
import { Button, Input, Select } from 'antd';
import { useOptions } from '../../api/vocabulary.ts';
import { type PatientsKey, usePatientsText } from './texts.ts';
import { hasIssuer, isWrongNumber, likelyIssuer, type TypedIdentifier } from './typed-patient.ts';

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
  const types = useOptions('identifier');
  const set = (at: number, part: Partial<TypedIdentifier>) =>
    onChange(rows.map((row, index) => (index === at ? { ...row, ...part } : row)));
  const unused = types
    .map(({ value }) => value as IdentifierType)
    .find((type) => !rows.some((row) => row.type === type));
  return (
    <div className="stack">
      {rows.map((row, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place; two rows may say the same while one types.
        <div key={at} className="identifier-row">
          <Select
            aria-label={t('identifiers')}
            value={row.type}
            options={types}
            onChange={(type) =>
              set(at, {
                type: type as IdentifierType,
                issuer: likelyIssuer(type as IdentifierType, facilityCode, idCard),
              })
            }
          />
          <div>
            <Input
              aria-label={t('number')}
              data-testid={`identifier-${row.type}`}
              placeholder={t('number')}
              autoCapitalize="characters"
              autoComplete="off"
              maxLength={64}
              status={isWrongNumber(row) || (hasError && !row.value.trim()) ? 'error' : ''}
              value={row.value}
              onChange={(event) => set(at, { value: event.target.value })}
            />
            {isWrongNumber(row) && <p className="field-error">{t('wrongIdCard')}</p>}
          </div>
          {hasIssuer(row.type) && (
            <Input
              aria-label={t(`issuer-${row.type}` as PatientsKey)}
              placeholder={t(`issuer-${row.type}` as PatientsKey)}
              maxLength={60}
              status={hasError && row.value.trim() && !row.issuer.trim() ? 'error' : ''}
              value={row.issuer}
              onChange={(event) => set(at, { issuer: event.target.value })}
            />
          )}
          {rows.length > 1 && (
            <Button
              type="text"
              icon={<DeleteOutlined />}
              aria-label={t('removeNumber')}
              onClick={() => onChange(rows.filter((_, index) => index !== at))}
            />
          )}
        </div>
      ))}
      {unused && (
        <div>
          <Button
            size="small"
            icon={<PlusOutlined />}
            onClick={() =>
              onChange([...rows, { type: unused, issuer: likelyIssuer(unused, facilityCode, idCard), value: '' }])
            }
          >
            {t('addNumber')}
          </Button>
        </div>
      )}
    </div>
  );
}
