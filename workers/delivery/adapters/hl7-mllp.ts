import { Hl7Config } from '@lianzhen/contracts/delivery.ts';
import { addressOru, controlIdOf } from '../../reporting/forms/hl7-oru.ts';
import { readAcknowledgement } from '../hl7-answer.ts';
import { callMllp } from '../mllp-call.ts';
import { pinnedTo } from '../pinned-lookup.ts';
import type { Adapter } from './adapter.ts';

/** ORU^R01 over MLLP. The control id comes from the delivery, so that the receiver recognises a repeat. */
export const sendHl7: Adapter = async (document, destination, delivery, signal) => {
  const config = Hl7Config.parse(destination.config);
  const controlId = controlIdOf(delivery.id);
  const message = addressOru(document.bytes.toString('utf8'), { ...config, controlId });
  const answer = await callMllp({ ...config, ...pinnedTo(destination.addresses) }, message, config.timeoutMs, signal);
  return readAcknowledgement(answer, controlId, config.charset);
};
