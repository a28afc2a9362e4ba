import type { StatementKey } from '@lianzhen/contracts/ecg-critical.ts';

/** What recorders write, in both languages. A phrase is found anywhere in a statement, without regard to case. */
const phrases: Readonly<Record<StatementKey, readonly RegExp[]>> = {
  'acute-infarction': [
    /acute\s+(?:[a-z/-]+\s+){0,4}(?:mi\b|infarct|stemi)/i,
    /\bstemi\b/i,
    /infarct[a-z]*[,\s(-]+(?:possibly\s+|probably\s+)?acute\b/i,
    /acute\s+(?:coronary|transmural|injury)/i,
    /急性(?:[^,。;、]{0,12})?(?:心肌梗死|心梗|心肌损伤)/,
    /ST段抬高型(?:急性)?心肌梗死/i,
    /超急性期/,
  ],
  'ventricular-tachycardia': [/ventricular\s+tachycardia/i, /\bv-?tach\b/i, /室性心动过速|室速/],
  'ventricular-fibrillation': [/ventricular\s+(?:fibrillation|flutter)/i, /心?室(?:颤|扑)|心室(?:颤动|扑动)/],
  torsade: [/torsades?/i, /尖端扭转/],
  'complete-av-block': [
    /(?:complete|third[\s-]+degree|3rd[\s-]+degree|3°)\s+(?:a-?v|av|atrio-?ventricular|heart)\s*-?\s*block/i,
    /(?:三度|Ⅲ度|III度|3度|完全性)房室(?:传导)?阻滞/i,
  ],
  asystole: [/asystole|ventricular\s+standstill|sinus\s+arrest/i, /心室停搏|心脏停搏|窦性停搏|全心停搏/],
  hyperkalaemia: [/hyperkal/i, /高钾|高血钾/],
  'atrial-fibrillation': [/atrial\s+(?:fibrillation|flutter)/i, /心房(?:颤动|扑动)|房颤|房扑/],
  'pre-excitation': [/pre-?excitation|wolff|\bwpw\b/i, /预激/],
};

/** Before a phrase, within the same part of a statement: the recorder says that it is not so. */
const denials = [
  /\b(?:no|not|without|rule[ds]?\s+out|excludes?|negative\s+for|absence\s+of)\b[^.;]{0,40}$/i,
  /(?:无|未见|除外|排除|否认|不支持)[^,。;]{0,12}$/,
];
/** Said of what has passed. */
const past =
  /\b(?:old|prior|previous|history\s+of|healed|remote)\b[^.;]{0,25}$|陈旧性[^,。;]{0,6}$|既往[^,。;]{0,10}$/i;
/** `Supraventricular tachycardia` and `非阵发性室上性` hold the words of something worse. */
const harmless: Partial<Record<StatementKey, RegExp>> = {
  'ventricular-tachycardia': /supra-?\s*$|室上性\s*$|室上$/i,
  'ventricular-fibrillation': /supra-?\s*$/i,
};

const mostStatements = 200;
const mostLetters = 500;

export interface SaidStatement {
  readonly key: StatementKey;
  /** The statement as the recorder wrote it, cut to 500 characters. */
  readonly text: string;
}

function isSaid(text: string, key: StatementKey): boolean {
  return phrases[key].some((phrase) => {
    const found = phrase.exec(text);
    if (!found) return false;
    const before = text.slice(0, found.index);
    return ![...denials, past].some((denial) => denial.test(before)) && !harmless[key]?.test(before);
  });
}

/**
 * Critical words among the statements of a recorder, each with the first statement that says it. Looks at the first 200
 * statements and 500 characters of each. Denied and past findings do not count; doubtful ones (`possible`, `consider`,
 * 考虑, 不能排除) do: a person decides.
 */
export function criticalStatements(statements: readonly string[]): SaidStatement[] {
  const said: SaidStatement[] = [];
  const keys = Object.keys(phrases) as StatementKey[];
  for (const statement of statements.slice(0, mostStatements)) {
    // "Cannot rule out" and 不能排除 are doubts and no denials.
    const text = statement.slice(0, mostLetters);
    const plain = text.replace(
      /(?:can(?:\s*not|'t)|could\s+not)\s+(?:be\s+)?(?:rule[ds]?\s+out|excluded?)|(?:不能|未能|不)(?:完全)?(?:排除|除外)/gi,
      ' ',
    );
    for (const key of keys) {
      if (!said.some((one) => one.key === key) && isSaid(plain, key)) said.push({ key, text });
    }
  }
  return said;
}
