/** A text that a reader begins from (template) or puts in at the cursor (block). Offered by modality and body part. */
export interface SeedTemplate {
  line: 'imaging';
  modality: string | null;
  bodyPart: string | null;
  name: string;
  nameEn: string;
  findings: string;
  impression: string;
  advice: string;
  kind: 'template' | 'block';
}

type Text = Pick<SeedTemplate, 'name' | 'nameEn' | 'findings' | 'impression'> & { advice?: string };
const of =
  (kind: SeedTemplate['kind']) =>
  (modality: string | null, bodyPart: string | null, text: Text): SeedTemplate => ({
    line: 'imaging',
    advice: '',
    ...{ modality, bodyPart, kind },
    ...text,
  });
const template = of('template');
const block = of('block');

const radiography = [
  template('DX', 'CHEST', {
    name: '胸部平片·未见异常',
    nameEn: 'Chest, normal',
    findings:
      '胸廓对称，气管居中。双肺野清晰，肺纹理走行自然，未见明确实变及结节影。双侧肺门不大。心影大小、形态正常。双侧膈面光整，肋膈角锐利。所见骨质未见明确异常。',
    impression: '心肺膈未见明确异常。',
  }),
  template('DX', 'CHEST', {
    name: '胸部平片·肺部感染',
    nameEn: 'Chest, infection',
    findings:
      '胸廓对称，气管居中。【部位】肺野见片状模糊影，边界不清，密度不均。余肺野清晰。双侧肺门不大。心影大小、形态正常。双侧肋膈角锐利。',
    impression: '【部位】肺炎症，建议治疗后复查。',
    advice: '抗感染治疗 1 至 2 周后复查。',
  }),
  template('DX', 'CHEST', {
    name: '胸部平片·胸腔积液',
    nameEn: 'Chest, pleural effusion',
    findings: '【侧别】侧肋膈角变钝，见弧形致密影，上缘约平第【】前肋水平。余肺野清晰。心影形态正常。',
    impression: '【侧别】侧胸腔积液。',
    advice: '必要时行 CT 或超声检查。',
  }),
  template('DX', 'RIB', {
    name: '肋骨·未见骨折',
    nameEn: 'Ribs, no fracture',
    findings: '所摄肋骨骨皮质连续，未见明确骨折线及移位。所见肺野未见气胸征象，肋膈角锐利。',
    impression: '所摄肋骨未见明确骨折。',
    advice: '无移位骨折早期可不显示，症状持续者建议 CT 检查或 2 周后复查。',
  }),
  template('DX', 'ABDOMEN', {
    name: '腹部立位平片·未见异常',
    nameEn: 'Abdomen erect, normal',
    findings: '双侧膈下未见游离气体。肠管未见明显扩张积气，未见气液平面。腹部未见明确异常致密影。',
    impression: '腹部平片未见明确异常。',
  }),
  template('DX', 'ABDOMEN', {
    name: '腹部立位平片·肠梗阻',
    nameEn: 'Abdomen erect, obstruction',
    findings: '双侧膈下未见游离气体。中腹部见多发扩张积气肠管，见阶梯状气液平面。',
    impression: '肠梗阻征象。',
    advice: '请结合临床，建议 CT 进一步检查。',
  }),
  template('DX', 'CSPINE', {
    name: '颈椎退行性变',
    nameEn: 'Cervical spine, degenerative',
    findings: '颈椎生理曲度变直，椎体序列连续，【】椎体缘骨质增生，【】椎间隙变窄。椎前软组织未见肿胀。',
    impression: '颈椎退行性变。',
  }),
  template('DX', 'LSPINE', {
    name: '腰椎退行性变',
    nameEn: 'Lumbar spine, degenerative',
    findings: '腰椎生理曲度存在，序列连续，【】椎体缘骨质增生，【】椎间隙变窄。所见椎体未见明确压缩。',
    impression: '腰椎退行性变。',
  }),
  template('DX', 'PELVIS', {
    name: '骨盆·未见异常',
    nameEn: 'Pelvis, normal',
    findings: '骨盆诸骨骨皮质连续，未见明确骨折线。双侧骶髂关节及髋关节间隙正常，关节面光整。',
    impression: '骨盆未见明确骨折。',
  }),
  template('DX', 'KNEE', {
    name: '膝关节退行性变',
    nameEn: 'Knee, degenerative',
    findings: '膝关节诸骨骨质增生，髁间隆突变尖，关节间隙变窄，关节面欠光整。未见明确骨折及脱位。',
    impression: '膝关节退行性变。',
  }),
  template('DX', null, {
    name: '四肢·未见骨折',
    nameEn: 'Limb, no fracture',
    findings:
      '所摄诸骨骨皮质连续，骨小梁清晰，未见明确骨折线。关节对应关系正常，间隙未见异常。周围软组织未见明显肿胀。',
    impression: '未见明确骨折及脱位。',
    advice: '隐匿骨折早期可不显示，症状持续者建议复查。',
  }),
  template('DX', null, {
    name: '四肢·骨折',
    nameEn: 'Limb, fracture',
    findings: '【部位】骨皮质不连续，见【】形骨折线，断端【】移位、成角。邻近关节对应关系正常。周围软组织肿胀。',
    impression: '【部位】骨折。',
  }),
];

const sectional = [
  template('CT', 'HEAD', {
    name: '颅脑 CT·未见异常',
    nameEn: 'Head CT, normal',
    findings:
      '脑实质密度未见异常，灰白质分界清楚。脑室系统大小、形态正常，脑沟、脑池未见增宽。中线结构居中。颅骨骨质未见明确异常。',
    impression: '颅脑平扫未见明确异常。',
  }),
  template('CT', 'HEAD', {
    name: '颅脑 CT·脑出血',
    nameEn: 'Head CT, haemorrhage',
    findings:
      '【部位】见团片状高密度影，大小约【】cm，CT 值约【】HU，周围见低密度水肿带。脑室【】受压，中线结构【】移位。',
    impression: '【部位】脑出血。',
    advice: '请即刻结合临床处理，短期复查。',
  }),
  template('CT', 'HEAD', {
    name: '颅脑 CT·腔隙性脑梗死',
    nameEn: 'Head CT, lacunar infarct',
    findings: '双侧基底节区见斑点状低密度影，边界欠清。脑室系统未见扩张，脑沟稍增宽。中线结构居中。',
    impression: '双侧基底节区腔隙性脑梗死，轻度脑萎缩。',
    advice: '急性期请行磁共振弥散检查。',
  }),
  template('CT', 'CHEST', {
    name: '胸部 CT·未见异常',
    nameEn: 'Chest CT, normal',
    findings:
      '双肺纹理清晰，走行自然，肺实质未见明确异常密度影。气管及主要支气管通畅。纵隔未见肿大淋巴结。心脏大小正常。双侧胸腔未见积液。',
    impression: '胸部平扫未见明确异常。',
  }),
  template('CT', 'CHEST', {
    name: '胸部 CT·肺结节',
    nameEn: 'Chest CT, nodule',
    findings:
      '【部位】见【实性/磨玻璃】结节，大小约【】mm，边界【】。余肺未见明确异常。纵隔未见肿大淋巴结。双侧胸腔未见积液。',
    impression: '【部位】肺结节。',
    advice: '建议【】个月后复查胸部 CT。',
  }),
  template('CT', 'ABDOMEN', {
    name: '上腹部 CT·未见异常',
    nameEn: 'Upper abdomen CT, normal',
    findings:
      '肝脏大小、形态正常，实质密度均匀，肝内外胆管未见扩张。胆囊不大，壁不厚，腔内未见异常密度。胰腺、脾脏未见异常。双肾未见结石及积水。腹膜后未见肿大淋巴结，未见腹水。',
    impression: '上腹部平扫未见明确异常。',
  }),
  template('CT', 'ABDOMEN', {
    name: '腹部 CT·泌尿系结石',
    nameEn: 'Abdomen CT, urinary stone',
    findings: '【部位】见结节状致密影，大小约【】mm，其上方输尿管及肾盂【】扩张。余所见未见明确异常。',
    impression: '【部位】结石，伴【】积水。',
  }),
  template('MR', 'HEAD', {
    name: '颅脑磁共振·急性脑梗死',
    nameEn: 'Head MR, acute infarct',
    findings: '【部位】见片状长 T1 长 T2 信号，弥散加权呈高信号，ADC 图呈低信号。脑室系统未见扩张，中线结构居中。',
    impression: '【部位】急性期脑梗死。',
    advice: '请即刻结合临床处理。',
  }),
  template('MR', 'LSPINE', {
    name: '腰椎磁共振·椎间盘突出',
    nameEn: 'Lumbar MR, disc herniation',
    findings:
      '腰椎生理曲度变直。【】椎间盘 T2 信号减低，向后突出，压迫硬膜囊，【】侧神经根【】受压。椎管内未见异常信号。',
    impression: '【】椎间盘突出。',
  }),
];

const ultrasound = [
  template('US', 'ABDOMEN', {
    name: '腹部超声·未见异常',
    nameEn: 'Abdominal ultrasound, normal',
    findings: '肝脏形态大小正常，实质回声均匀。胆囊壁光滑，腔内未见异常回声，胆总管不扩张。胰腺、脾脏未见异常。',
    impression: '肝胆胰脾未见明确异常。',
  }),
  template('US', 'THYROID', {
    name: '甲状腺超声·结节',
    nameEn: 'Thyroid ultrasound, nodule',
    findings:
      '甲状腺【侧别】叶见【】回声结节，大小约【】mm，边界【】，形态【】，未见点状强回声。CDFI：【】。颈部未见肿大淋巴结。',
    impression: '甲状腺【侧别】叶结节，C-TIRADS【】类。',
    advice: '建议【】个月后复查。',
  }),
];

const blocks = [
  block(null, null, {
    name: '危急提示',
    nameEn: 'Critical notice',
    findings: '',
    impression: '【危急】已电话通知申请医师【姓名】，时间【】，对方已复述确认。',
  }),
  block(null, null, {
    name: '图像质量受限',
    nameEn: 'Limited quality',
    findings: '受【体位/呼吸/运动】影响，部分结构显示欠佳，',
    impression: '',
    advice: '必要时重新检查。',
  }),
  block('CT', 'CHEST', {
    name: '冠脉钙化',
    nameEn: 'Coronary calcification',
    findings: '冠状动脉走行区见钙化影。',
    impression: '冠状动脉钙化。',
  }),
  block('DX', 'CHEST', {
    name: '主动脉迂曲',
    nameEn: 'Tortuous aorta',
    findings: '主动脉迂曲、增宽，弓部见弧形钙化。',
    impression: '主动脉硬化。',
  }),
];

export const reportTemplates: SeedTemplate[] = [...radiography, ...sectional, ...ultrasound, ...blocks];
