import type { hubContract } from '@lianzhen/contracts/hub-contract.ts';
import type { UseCases } from '../http/bind.ts';
import { acknowledgeAlarm, callBack, closeAlarm, readBack } from './alarms/answer-alarm.ts';
import { readTimes, setFirstContact } from './alarms/green-channel.ts';
import { listAlarms } from './alarms/list-alarms.ts';
import { askRoom, readNote } from './alarms/sender-acts.ts';
import { linkRepeat } from './link-repeat.ts';
import { listTraces } from './list-traces.ts';
import { readSamples } from './read-samples.ts';
import { readTrace } from './read-trace.ts';
import { publishRules } from './rules/publish-rules.ts';
import { listRuleCentres, readRules, readRuleVersion } from './rules/read-rules.ts';
import { tryRules } from './rules/try-rules.ts';
import { saveMeasurements } from './save-measurements.ts';
import { listStatements, removeStatement, saveStatement } from './statements.ts';

export const ecgUseCases = {
  list: listTraces,
  read: readTrace,
  samples: readSamples,
  saveMeasurements,
  linkRepeat,
  statements: listStatements,
  saveStatement,
  removeStatement,
  alarms: listAlarms,
  acknowledgeAlarm,
  callBack,
  readBack,
  closeAlarm,
  noteRead: readNote,
  askRoom,
  times: readTimes,
  setFirstContact,
  ruleCentres: listRuleCentres,
  rules: readRules,
  ruleVersion: readRuleVersion,
  tryRules,
  publishRules,
} satisfies UseCases<typeof hubContract.ecg>;
