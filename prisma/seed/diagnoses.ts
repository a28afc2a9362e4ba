import { diagnosesAToI } from './diagnoses-a-to-i.ts';
import { diagnosesJToZ } from './diagnoses-j-to-z.ts';

/** `I10 特发性（原发性）高血压`, one a line: the code, a blank, the name. */
const parse = (lines: string): Array<{ code: string; name: string }> =>
  lines
    .trim()
    .split('\n')
    .map((line) => {
      const [code = '', ...name] = line.trim().split(' ');
      return { code, name: name.join(' ') };
    });

/** Common diagnoses of a county: ICD-10 codes of three or four characters with their Chinese names. */
export const diagnoses = [...parse(diagnosesAToI), ...parse(diagnosesJToZ)];
