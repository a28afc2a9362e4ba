import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { en } from './texts-en.ts';
import { zh } from './texts-zh.ts';

export type ViewerText = keyof typeof zh;
export type ViewerLanguage = 'zh' | 'en';

/** The namespace the viewer reads its texts from. */
export const viewerNamespace = 'viewer';

/** The viewer's texts; the shell adds each language under the namespace. Keys are flat, with dots in them. */
export const viewerTexts: Readonly<Record<ViewerLanguage, Readonly<Record<ViewerText, string>>>> = { zh, en };

/** Text in the language of the viewer. Values are put in as they are and rendered by React, so that they stay text. */
export type SayText = (key: ViewerText, values?: Readonly<Record<string, string | number>>) => string;

/** The viewer's texts in a language; they are added to i18next where the shell has not done it. */
export function useViewerTexts(language: ViewerLanguage): SayText {
  const { t, i18n } = useTranslation(viewerNamespace, { lng: language, useSuspense: false });
  if (!i18n.hasResourceBundle(language, viewerNamespace)) {
    i18n.addResourceBundle(language, viewerNamespace, viewerTexts[language]);
  }
  return useCallback(
    (key, values) => t(key as string, { ...values, lng: language, interpolation: { escapeValue: false } }),
    [t, language],
  );
}
