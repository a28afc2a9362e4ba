import type { Topic } from '@lianzhen/contracts/events.ts';
import type { Word } from './client.ts';

/** Whose reads may show what has changed. Too many costs one read more; too few would show what is no longer so. */
const byTopic: Record<Topic, readonly Word[]> = {
  // A study can be attached to requests that are open, and taken from those that nobody reads or has reported.
  order: ['orders', 'worklist', 'delivery', 'imaging'],
  case: ['worklist', 'orders', 'reporting', 'imaging'],
  study: ['imaging', 'worklist', 'orders'],
  trace: ['ecg', 'worklist', 'orders'],
  alarm: ['ecg', 'worklist', 'orders'],
  quarantine: ['imaging', 'worklist', 'orders'],
  report: ['reporting', 'worklist', 'orders', 'delivery', 'imaging'],
  // Text that is still being written stands in no list; live.ts looks for the one report.
  draft: [],
  delivery: ['delivery', 'orders'],
  patient: ['patients', 'orders'],
  // An alarm tells of the room that is one key away from it.
  consultation: ['consultation', 'worklist', 'orders', 'delivery', 'recording', 'ecg'],
  // The directory of experts is a facility's too.
  facility: ['facilities', 'identity', 'consultation'],
  // Where one works may have changed, and with it whose queue one sees.
  session: ['identity', 'worklist'],
};

const byWord: Partial<Record<Word, readonly Word[]>> = {
  orders: byTopic.order,
  worklist: byTopic.case,
  imaging: byTopic.study,
  ecg: byTopic.trace,
  reporting: byTopic.report,
  delivery: byTopic.delivery,
  patients: byTopic.patient,
  consultation: byTopic.consultation,
  // An expert's title and licence are those of the account.
  identity: ['identity', 'consultation'],
};

export const wordsTouchedByTopic = (topic: Topic): readonly Word[] => byTopic[topic];
export const wordsTouchedBy = (word: Word): readonly Word[] => byWord[word] ?? [word];
