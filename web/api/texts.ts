import dayjs from 'dayjs';
import i18next from 'i18next';
import { initReactI18next, useTranslation } from 'react-i18next';
import 'dayjs/locale/zh-cn';

export type Language = 'zh' | 'en';
const storageKey = 'lianzhen.language';

i18next.use(initReactI18next).init({
  lng: 'zh',
  fallbackLng: 'zh',
  resources: {},
  initAsync: false,
  keySeparator: false,
  nsSeparator: false,
  interpolation: { escapeValue: false },
});

/** Before the first page: the language that was last chosen on this machine, Chinese where none was. */
export async function startTexts(): Promise<void> {
  await speak(window.localStorage.getItem(storageKey) === 'en' ? 'en' : 'zh');
}

/** Shows every text in the language and remembers it on this machine. */
export async function speak(language: Language): Promise<void> {
  window.localStorage.setItem(storageKey, language);
  dayjs.locale(language === 'zh' ? 'zh-cn' : 'en');
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
  document.title = language === 'zh' ? '联诊' : 'Lianzhen';
  await i18next.changeLanguage(language);
}

export type Translate<K extends string> = (key: K, values?: Record<string, string | number>) => string;

/**
 * The texts of one feature, in a namespace of its own. English must name every key that Chinese names.
 * @returns a hook that gives the feature's typed `t`.
 */
export function defineTexts<K extends string>(
  namespace: string,
  zh: Record<K, string>,
  en: Record<NoInfer<K>, string>,
): () => Translate<K> {
  i18next.addResourceBundle('zh', namespace, zh);
  i18next.addResourceBundle('en', namespace, en);
  return () => {
    const { t } = useTranslation(namespace, { useSuspense: false });
    return (key, values) => t(key as string, { ...values });
  };
}

/** The language the page speaks now. */
export function useLanguage(): Language {
  return useTranslation().i18n.language === 'en' ? 'en' : 'zh';
}

/** What stands between the members of a list in a sentence. */
export const useListComma = (): string => (useLanguage() === 'zh' ? '、' : ', ');

/** What stands between a label and what it labels. */
export const useColon = (): string => (useLanguage() === 'zh' ? '：' : ': ');

/** What is said in brackets behind something. */
export function useAside(): (said: string) => string {
  const language = useLanguage();
  return (said) => (language === 'zh' ? `（${said}）` : ` (${said})`);
}
