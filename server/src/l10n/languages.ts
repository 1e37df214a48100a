/** The languages that texts can be said in, and the one that was chosen. Whole pages are files beside the English ones. */
import chinese from 'folder:../../../l10n/zh-cn/**/*.json';
import { speak, type Translations } from './say.ts';

export type Language = 'en' | 'zh-cn';

/** By language: its files, each English text → the same in it. English has none. */
const tables: Readonly<Record<Language, (() => Readonly<Record<string, string>>) | undefined>> = {
  en: undefined,
  'zh-cn': chinese,
};

let spoken: Language = 'en';

/** The language that a locale asks for (`zh-CN`, `zh_CN.UTF-8`, `zh-Hans`); English where there is no better one. */
export function languageOf(locale: string | undefined): Language {
  const [tongue, ...details] = (locale ?? '').toLowerCase().split(/[-_.@]/);
  if (tongue !== 'zh') return 'en';
  // Who reads traditional characters is not better off with simplified ones than with English.
  return ['hant', 'tw', 'hk', 'mo'].some((one) => details.includes(one)) ? 'en' : 'zh-cn';
}

/** From now on everything is said in this language. To be chosen before anything is said. */
export function chooseLanguage(language: Language): void {
  spoken = language;
  const files = tables[language]?.();
  speak(files && Object.assign({}, ...Object.values(files).map(readTable)));
}

export function spokenLanguage(): Language {
  return spoken;
}

function readTable(json: string): Translations {
  const given: unknown = JSON.parse(json);
  const entries = typeof given === 'object' && given !== null ? Object.entries(given) : [];
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}
