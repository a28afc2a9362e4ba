import { composeRecording } from '@lianzhen/contracts/jobs.ts';
import type { HandlerEntry } from '../../deps.ts';
import { handleComposeRecording } from './compose-recording.ts';

export const recordingHandlers: HandlerEntry[] = [{ job: composeRecording, handle: handleComposeRecording }];
