import { useLanguage } from '../../api/texts.ts';
import { useNames } from '../../api/vocabulary.ts';
import { ageText } from '../../ui/time.ts';

interface PersonLineProps {
  person: { name: string; sex: string; birthDate: string | null };
}

/** A person in one line, enough to tell two of the same name apart. */
export function PersonLine({ person }: PersonLineProps) {
  const names = useNames();
  const language = useLanguage();
  return (
    <span>
      <span className="strong">{person.name}</span>{' '}
      <span className="muted num">
        {[names('sex', person.sex), ageText(person.birthDate, language), person.birthDate].filter(Boolean).join(' · ')}
      </span>
    </span>
  );
}
