import type { imagingContract } from '@lianzhen/contracts/imaging.ts';
import type { UseCases } from '../http/bind.ts';
import { attachStudy } from './attach-study.ts';
import { attachableExams } from './attachable-exams.ts';
import { decideQuarantine } from './decide-quarantine.ts';
import { detachStudy } from './detach-study.ts';
import { listQuarantine } from './list-quarantine.ts';
import { listStudies } from './list-studies.ts';

export const imagingUseCases = {
  studies: listStudies,
  quarantine: listQuarantine,
  decideQuarantine,
  attachable: attachableExams,
  attachStudy,
  detachStudy,
} satisfies UseCases<typeof imagingContract>;
