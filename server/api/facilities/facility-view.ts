import {
  Charset,
  type DeviceView,
  FacilityLevel,
  type FacilityView,
  ServiceLine,
} from '@lianzhen/contracts/facilities.ts';
import { Signatures } from '@lianzhen/contracts/signatures.ts';
import type { z } from 'zod';
import type { DeviceRow, FacilityRow } from './setup-store.ts';

export const facilityView = (row: FacilityRow): FacilityView => ({
  ...row,
  level: FacilityLevel.parse(row.level),
  centres: row.centres.map((centre) => ({
    ...centre,
    line: ServiceLine.parse(centre.line),
    signatures: Signatures.parse(centre.signatures),
  })),
});

export const deviceView = (row: DeviceRow): z.infer<typeof DeviceView> => ({
  ...row,
  charsetOverride: Charset.nullable().parse(row.charsetOverride),
  lastSeenAt: row.lastSeenAt?.toISOString() ?? null,
});
