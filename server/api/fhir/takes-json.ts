import { HubError } from '@lianzhen/contracts/errors.ts';
import type { RequestHandler } from 'express';
import { covers, parseAccept } from '../imaging/accept.ts';

const offered = ['application/fhir+json', 'application/json', 'text/json'];
/** `_format` goes before the header (http://hl7.org/fhir/R4/http.html#parameters); a plus in an address is a space. */
const jsonFormat = /^(json|text\/json|application\/(fhir[+ ])?json)\s*(;.*)?$/i;

/** Only JSON is spoken here: who takes nothing else is told so, and not answered in what he cannot read. */
export const takesJson: RequestHandler = (req, _res, next) => {
  const { _format: format } = req.query;
  const isTaken =
    format === undefined
      ? parseAccept(req.get('accept')).some(({ name }) => offered.some((one) => covers(name, one)))
      : typeof format === 'string' && jsonFormat.test(format);
  if (!isTaken) throw new HubError('not-acceptable', { offered: [offered[0]] });
  next();
};
