import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { en } from './texts-en.ts';
import { zh } from './texts-zh.ts';

export type EcgText = keyof typeof zh;
export type EcgLanguage = 'zh' | 'en';

const namespace = 'ecg-viewer';
const texts: Readonly<Record<EcgLanguage, Readonly<Record<EcgText, string>>>> = { zh, en };

/** Text in the language of the viewer. Values are put in as they are and rendered by React, so that they stay text. */
export type SayEcg = (key: EcgText, values?: Readonly<Record<string, string | number>>) => string;

/** The viewer's texts in a language; they are added to i18next when they are first asked for. */
export function useEcgTexts(language: EcgLanguage): SayEcg {
  const { t, i18n } = useTranslation(namespace, { lng: language, useSuspense: false });
  if (!i18n.hasResourceBundle(language, namespace)) {
    i18n.addResourceBundle(language, namespace, texts[language]);
  }
  return useCallback(
    (key, values) =>
      t(key as string, { ...values, lng: language, keySeparator: false, interpolation: { escapeValue: false } }),
    [t, language],
  );
}

/** A text for a code from outside, or the fallback: a code that is not known is shown as it is. */
export const sayCode = (say: SayEcg, prefix: string, code: string): string =>
  Object.hasOwn(zh, `${prefix}.${code}`) ? say(`${prefix}.${code}` as EcgText) : code;
