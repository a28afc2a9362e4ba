import type { Difference } from '@lianzhen/contracts/imaging.ts';
import { Sex } from '@lianzhen/contracts/patients.ts';
import { useNames } from '../../api/vocabulary.ts';
import { type ImagingKey, useImagingText } from './texts.ts';

const fields = ['name', 'sex', 'birthDate', 'identifier', 'patientId'];

/** What a field of a difference is called. */
export function useFieldName(): (field: string) => string {
  const t = useImagingText();
  return (field) => (fields.includes(field) ? t(field as ImagingKey) : field);
}

/** Where the header of the images and the order's patient disagree, side by side. */
export function Differences({ differences }: { differences: readonly Difference[] }) {
  const t = useImagingText();
  const names = useNames();
  const fieldName = useFieldName();
  const shown = (field: string, value: string) => {
    const sex = field === 'sex' ? Sex.safeParse(value).data : undefined;
    return (sex ? names('sex', sex) : value) || '—';
  };
  return (
    <table className="differences">
      <thead>
        <tr>
          <th>{t('field')}</th>
          <th>{t('in-image')}</th>
          <th>{t('in-order')}</th>
        </tr>
      </thead>
      <tbody>
        {differences.map(({ field, header, order }) => (
          <tr key={field}>
            <th>{fieldName(field)}</th>
            <td>{shown(field, header)}</td>
            <td>{shown(field, order)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
