import { maskIdentifier } from '@lianzhen/contracts/id-card.ts';
import { IdentifierType, type PatientView, Sex } from '@lianzhen/contracts/patients.ts';
import type { Tx } from '@lianzhen/db/client.ts';
import type { FacilityScope } from '@lianzhen/db/scope.ts';
import * as store from './store.ts';

const dayOf = (date: Date | null): string | null => date?.toISOString().slice(0, 10) ?? null;

/** @param revealed numbers whole; the caller has audited it */
export async function patientViews(
  tx: Tx,
  scope: FacilityScope,
  rows: store.PatientRow[],
  revealed = false,
): Promise<PatientView[]> {
  const villages = await store.facilityNames(tx, [...new Set(rows.flatMap((row) => row.villageId ?? []))]);
  const doubtful = await store.openProposalsFor(
    tx,
    scope,
    rows.map((row) => row.id),
  );
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    namePinyin: row.namePinyin,
    sex: Sex.parse(row.sex),
    birthDate: dayOf(row.birthDate),
    phone: row.phone,
    address: row.address,
    villageId: row.villageId,
    villageName: villages.get(row.villageId ?? '') ?? null,
    identifiers: row.identifiers.map(({ id, type, issuer, value, verified }) => ({
      id,
      type: IdentifierType.parse(type),
      issuer,
      value: revealed ? value : maskIdentifier(value),
      verified,
    })),
    revealed,
    mergedIntoId: row.mergedIntoId,
    revision: row.revision,
    hasOpenDuplicates: doubtful.has(row.id),
  }));
}

export async function patientView(
  tx: Tx,
  scope: FacilityScope,
  row: store.PatientRow,
  revealed = false,
): Promise<PatientView> {
  const [view] = await patientViews(tx, scope, [row], revealed);
  if (!view) throw new Error('one row gives one view');
  return view;
}
