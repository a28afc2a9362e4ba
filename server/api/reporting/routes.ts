import type { reportingContract } from '@lianzhen/contracts/reporting.ts';
import type { UseCases } from '../http/bind.ts';
import { abandonCorrection } from './abandon-correction.ts';
import { amendReport } from './amend-report.ts';
import { approveReport } from './approve-report.ts';
import { issuePreliminary } from './issue-preliminary.ts';
import { readReport } from './read-report.ts';
import { readVersion } from './read-version.ts';
import { rejectReport } from './reject-report.ts';
import { listTemplates, removeTemplate, saveTemplate } from './report-templates.ts';
import { saveDraft } from './save-draft.ts';
import { submitReport } from './submit-report.ts';

export const reportingUseCases = {
  ofCase: readReport,
  saveDraft,
  submit: submitReport,
  issuePreliminary,
  approve: approveReport,
  reject: rejectReport,
  amend: amendReport,
  abandon: abandonCorrection,
  version: readVersion,
  templates: listTemplates,
  saveTemplate,
  removeTemplate,
} satisfies UseCases<typeof reportingContract>;
