import { expect, test } from 'vitest';
import { proposePolarity } from './propose-polarity.ts';

test.each([
  '心肺膈未见明显异常。',
  '心肺膈未见明确异常。',
  '所摄肋骨未见明确骨折。',
  '未见出血、梗死及占位。',
  '心、肺、膈未见异常。',
  '颅脑 CT 平扫未见明显异常，建议随访。',
  '1. 双肺未见实变。\n2. 心影正常。',
  '未见异常。建议必要时 CT 检查。',
  'No acute abnormality.',
  'Normal chest. Follow-up if needed.',
])('denies: %s', (impression) => {
  expect(proposePolarity(impression)).toBe(false);
});

test.each([
  '右肺下叶炎症，建议治疗后复查。',
  '1. 心肺未见明显异常。\n2. 主动脉迂曲。',
  '肺气肿，未见胸腔积液。',
  '左侧第 5 肋骨骨折。',
  '右肺结节，恶性不除外。',
  '左上肺结核，较前未见明显变化。',
  '双膝关节退行性变。',
  '肝功能不正常。',
  'Fracture of the left radius. No dislocation.',
  '肝囊肿 1.2cm。',
])('states a finding: %s', (impression) => {
  expect(proposePolarity(impression)).toBe(true);
});

test.each(['', '  \n', '建议结合临床。', '1.'])('states nothing: %j', (impression) => {
  expect(proposePolarity(impression)).toBeNull();
});
