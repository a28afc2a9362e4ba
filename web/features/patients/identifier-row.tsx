import { DeleteOutlined } from '@ant-design/icons';
import type { IdentifierType } from '@lianzhen/contracts/patients.ts';
import { Button, Input, Select } from 'antd';
import { useOptions } from '../../api/vocabulary.ts';
import { type PatientsKey, usePatientsText } from './texts.ts';
import { hasIssuer, isWrongNumber, type TypedIdentifier } from './typed-patient.ts';

interface IdentifierRowProps {
  row: TypedIdentifier;
  hasError: boolean;
  issuerOf: (type: IdentifierType) => string;
  onChange: (row: TypedIdentifier) => void;
  /** Absent for the only row. */
  onRemove: (() => void) | undefined;
}

/** One number of a patient: what kind, which, and whose where that is not plain. */
export function IdentifierRow({ row, hasError, issuerOf, onChange, onRemove }: IdentifierRowProps) {
  const t = usePatientsText();
  const types = useOptions('identifier') as { value: IdentifierType; label: string }[];
  const issuer = t(`issuer-${row.type}` as PatientsKey);
  const isWrong = isWrongNumber(row);
  return (
    <div className="identifier-row">
      <Select
        aria-label={t('identifiers')}
        value={row.type}
        options={types}
        onChange={(type) => onChange({ ...row, type, issuer: issuerOf(type) })}
      />
      <div>
        <Input
          aria-label={t('number')}
          data-testid={`identifier-${row.type}`}
          placeholder={t('number')}
          autoCapitalize="characters"
          autoComplete="off"
          maxLength={64}
          status={isWrong || (hasError && !row.value.trim()) ? 'error' : ''}
          value={row.value}
          onChange={(event) => onChange({ ...row, value: event.target.value })}
        />
        {isWrong && <p className="field-error">{t('wrongIdCard')}</p>}
      </div>
      {hasIssuer(row.type) && (
        <Input
          aria-label={issuer}
          placeholder={issuer}
          maxLength={60}
          status={hasError && row.value.trim() && !row.issuer.trim() ? 'error' : ''}
          value={row.issuer}
          onChange={(event) => onChange({ ...row, issuer: event.target.value })}
        />
      )}
      {onRemove && <Button type="text" icon={<DeleteOutlined />} aria-label={t('removeNumber')} onClick={onRemove} />}
    </div>
  );
}
