import { Link } from '@tanstack/react-router';
import type { Outputs } from '../../api/client.ts';
import { useLanguage } from '../../api/texts.ts';
import { nameOf } from '../../api/vocabulary.ts';
import { type Tone, ToneTag } from '../../ui/tone-tag.tsx';
import { type PatientsKey, usePatientsText } from './texts.ts';
import './patients.css';

type Pair = Outputs['patients']['duplicates'][number];
const tones: Record<Pair['evidence'][number]['verdict'], Tone> = { same: 'good', similar: 'warn', different: 'bad' };
const own = ['name', 'birthDate', 'sex', 'phone', 'address'];

/** What was compared, both sides, and how it came out. */
export function EvidenceTable({ pair }: { pair: Pair }) {
  const t = usePatientsText();
  const language = useLanguage();
  const label = (field: string) =>
    own.includes(field) ? t(field as PatientsKey) : nameOf('identifier', field, language);
  const shown = (field: string, value: string) => (field === 'sex' ? nameOf('sex', value, language) : value);
  return (
    <table className="evidence" data-testid="duplicate">
      <thead>
        <tr>
          <th>{t('field')}</th>
          {(['first', 'second'] as const).map((side) => (
            <th key={side}>
              {t(side)}{' '}
              <Link to="/patients/$patientId" params={{ patientId: pair[side].id }}>
                {t('openPatient')}
              </Link>
            </th>
          ))}
          <th>{t('verdict')}</th>
        </tr>
      </thead>
      <tbody>
        {pair.evidence.map(({ field, first, second, verdict }) => (
          <tr key={`${field}-${first}-${second}`}>
            <th>{label(field)}</th>
            <td>{shown(field, first)}</td>
            <td>{shown(field, second)}</td>
            <td>
              <ToneTag tone={tones[verdict]}>{t(verdict)}</ToneTag>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
