import { signsAlone } from '@lianzhen/contracts/signing-rules.ts';
import { useMay, useSession } from '../../api/session.ts';
import type { Report } from './panel-props.ts';
import { proposePolarity } from './propose-polarity.ts';
import type { Body } from './report-body.ts';

/** Whether one's signature under this text would be the last, so that the button says what it does. The hub decides. */
export function useSignsAlone({ signatures }: Pick<Report, 'signatures'>, body: Body): boolean {
  const may = useMay();
  const { title } = useSession();
  const positive = body.positive ?? proposePolarity(body.impression);
  return may('report:review') && signsAlone(signatures, { positive, critical: body.critical }, title);
}
