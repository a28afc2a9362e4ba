import type { auditContract } from '@lianzhen/contracts/audit.ts';
import type { UseCases } from '../http/bind.ts';
import { searchAudit } from './search-audit.ts';
import { verifyAudit } from './verify-audit.ts';

export const auditUseCases = { search: searchAudit, verify: verifyAudit } satisfies UseCases<typeof auditContract>;
