import type { RecordedFilter } from '../../trace.ts';
import { at, every, numeric } from '../xml/find.ts';
import type { XmlElement } from '../xml/parse-xml.ts';

/** The frequency in hertz of the first control variable whose code ends so, among the components of another. */
function cutOff(variables: readonly XmlElement[], filter: RegExp): number | null {
  for (const variable of variables) {
    if (!filter.test(at(variable, 'code')?.attributes.get('code') ?? '')) continue;
    for (const part of every(variable, 'component/controlVariable')) {
      const value = at(part, 'value')?.attributes;
      const frequency = numeric(value?.get('value'));
      const isFrequency = /(?:CUTOFF|NOTCH)_FREQ$/.test(at(part, 'code')?.attributes.get('code') ?? '');
      if (isFrequency && value?.get('unit') === 'Hz' && frequency !== undefined && frequency > 0) return frequency;
    }
  }
  return null;
}

/** What a series says of its filters (MDC_ECG_CTL_VBL_ATTR_FILTER_*); null for one that names no frequency. */
export function readFilter(series: XmlElement): RecordedFilter {
  const variables = every(series, 'controlVariable/controlVariable');
  return {
    highPassHz: cutOff(variables, /FILTER_HIGH_PASS$/),
    lowPassHz: cutOff(variables, /FILTER_LOW_PASS$/),
    notchHz: cutOff(variables, /FILTER_NOTCH$/),
  };
}
