import type { RuleListView } from '@lianzhen/contracts/ecg-rules.ts';
import type { ApiError } from '../../../api/api-error.ts';
import { useLanguage } from '../../../api/texts.ts';
import { fullTime } from '../../../ui/time.ts';
import { useRulesText } from './texts.ts';

/** A list by its name and version. */
export function useListName(): (list: Pick<RuleListView, 'zh' | 'en' | 'version'>) => string {
  const t = useRulesText();
  const language = useLanguage();
  return (list) => t('versionOf', { name: list[language], version: list.version });
}

/** With its date, whatever day it is: a list is looked at for years. */
export const minuteText = (instant: string): string => fullTime(instant).slice(0, 16);

/** What the hub refused, field by field; the page finds the same faults first, unless it is older than the hub. */
export function refusedFields({ code, details }: ApiError): string | undefined {
  if (code !== 'bad-input' || !Array.isArray(details.fields)) return undefined;
  const fields: Array<{ field?: unknown; expected?: unknown }> = details.fields;
  return fields.map(({ field, expected }) => `${field}: ${expected}`).join('; ');
}

export const keyOf = ({ code, version }: Pick<RuleListView, 'code' | 'version'>): string => `${code} ${version}`;
