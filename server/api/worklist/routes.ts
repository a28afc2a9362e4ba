import type { worklistContract } from '@lianzhen/contracts/worklist.ts';
import type { UseCases } from '../http/bind.ts';
import { beatCase } from './beat-case.ts';
import { claimCase } from './claim-case.ts';
import { claimNext } from './claim-next.ts';
import { listCases } from './list-cases.ts';
import { listMarks, placeMark, removeMark } from './mark-images.ts';
import { readCase } from './read-case.ts';
import { releaseCase } from './release-case.ts';
import { returnCase } from './return-case.ts';
import { listFilters, removeFilter, saveFilter } from './saved-filters.ts';
import { takeOverCase } from './take-over-case.ts';

export const worklistUseCases = {
  list: listCases,
  read: readCase,
  claim: claimCase,
  next: claimNext,
  heartbeat: beatCase,
  release: releaseCase,
  takeOver: takeOverCase,
  returnCase,
  marks: listMarks,
  placeMark,
  removeMark,
  filters: listFilters,
  saveFilter,
  removeFilter,
} satisfies UseCases<typeof worklistContract>;
