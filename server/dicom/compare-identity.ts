import { maskIdentifier, readIdCard } from '@lianzhen/contracts/id-card.ts';
import type { Difference, PersonName } from '@lianzhen/contracts/imaging.ts';
import { parseDate } from './dates.ts';
import { compareNames, type KnownName } from './same-name.ts';

export interface HeaderIdentity {
  headerName: PersonName | null;
  headerPatientId: string | null;
  headerSex: string | null;
  /** DA */
  headerBirthDate: string | null;
}
export interface KnownPerson extends KnownName {
  sex: string;
  birthDate: Date | null;
  identifiers: ReadonlyArray<{ type: string; value: string }>;
}

const sexOf: Readonly<Record<string, string>> = { M: 'male', F: 'female' };

/**
 * Where the images and the order's patient disagree. What one side does not say is no
 * disagreement, but something has to agree: without a name, the number must be one of the patient's.
 * @param idOfAnother whether the number in the header is known to be somebody else's
 */
export function identityDifferences(header: HeaderIdentity, person: KnownPerson, idOfAnother: boolean): Difference[] {
  const differences: Difference[] = [];
  const number = plainNumber(header.headerPatientId);
  const isOwnNumber = person.identifiers.some(({ value }) => plainNumber(value) === number);
  const name = compareNames(header.headerName, person);
  if (name === 'different' || (name === 'absent' && !isOwnNumber)) {
    const { Ideographic, Alphabetic } = header.headerName ?? {};
    differences.push({
      field: 'name',
      header: (Ideographic ?? Alphabetic ?? '').replaceAll('^', ' ').trim(),
      order: person.name,
    });
  }
  const sex = sexOf[header.headerSex?.toUpperCase() ?? ''];
  if (sex && ['male', 'female'].includes(person.sex) && sex !== person.sex) {
    differences.push({ field: 'sex', header: sex, order: person.sex });
  }
  const born = parseDate(header.headerBirthDate ?? undefined);
  const knownBorn = person.birthDate?.toISOString().slice(0, 10);
  if (born && knownBorn && born !== knownBorn) differences.push({ field: 'birthDate', header: born, order: knownBorn });
  if (!isOwnNumber && (idOfAnother || contradictsCard(number, person))) {
    differences.push({ field: 'patientId', header: header.headerPatientId ?? '', order: idShown(person) });
  }
  return differences;
}

const plainNumber = (value: string | null): string => (value ?? '').replace(/\s/g, '').toUpperCase();

/**
 * Machines carry numbers of their own, which say nothing about the patient's. A citizen's number does: it is another
 * person's unless it is this one's.
 */
const contradictsCard = (number: string, { identifiers }: KnownPerson): boolean =>
  readIdCard(number) !== undefined && identifiers.some(({ type }) => type === 'id-card');

const idShown = ({ identifiers }: KnownPerson): string =>
  identifiers
    .map(({ value }) => maskIdentifier(value))
    .join(', ')
    .slice(0, 200);
