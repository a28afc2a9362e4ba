/** One exam that a sender can ask for. Body parts are DICOM's (PS3.16 annex L). */
export interface CatalogueExam {
  code: string;
  line: 'imaging' | 'ecg';
  name: string;
  nameEn: string;
  modality: string;
  bodyPart: string;
  bodyPartName: string;
  hasSides: boolean;
}

type Row = readonly [code: string, name: string, nameEn: string, bodyPart: string, bodyPartName: string, sides?: true];

const radiography: readonly Row[] = [
  ['DX-CHEST-PA', '胸部正位', 'Chest PA', 'CHEST', '胸部'],
  ['DX-CHEST-2V', '胸部正侧位', 'Chest PA and lateral', 'CHEST', '胸部'],
  ['DX-RIBS', '肋骨正斜位', 'Ribs AP and oblique', 'RIB', '肋骨', true],
  ['DX-ABDOMEN', '腹部立位平片', 'Abdomen erect', 'ABDOMEN', '腹部'],
  ['DX-KUB', '泌尿系平片', 'Kidneys, ureters, bladder', 'ABDOMEN', '泌尿系'],
  ['DX-SKULL', '头颅正侧位', 'Skull AP and lateral', 'SKULL', '头颅'],
  ['DX-SINUS', '鼻窦瓦氏位', 'Paranasal sinuses, Waters', 'SINUS', '鼻窦'],
  ['DX-NASAL', '鼻骨侧位', 'Nasal bones lateral', 'NOSE', '鼻骨'],
  ['DX-CSPINE', '颈椎正侧位', 'Cervical spine AP and lateral', 'CSPINE', '颈椎'],
  ['DX-CSPINE-4V', '颈椎正侧双斜位', 'Cervical spine, four views', 'CSPINE', '颈椎'],
  ['DX-TSPINE', '胸椎正侧位', 'Thoracic spine AP and lateral', 'TSPINE', '胸椎'],
  ['DX-LSPINE', '腰椎正侧位', 'Lumbar spine AP and lateral', 'LSPINE', '腰椎'],
  ['DX-SACRUM', '骶尾椎正侧位', 'Sacrum and coccyx', 'SSPINE', '骶尾椎'],
  ['DX-PELVIS', '骨盆正位', 'Pelvis AP', 'PELVIS', '骨盆'],
  ['DX-HIP', '髋关节正侧位', 'Hip AP and lateral', 'HIP', '髋关节', true],
  ['DX-CLAVICLE', '锁骨正位', 'Clavicle AP', 'CLAVICLE', '锁骨', true],
  ['DX-SHOULDER', '肩关节正位', 'Shoulder AP', 'SHOULDER', '肩关节', true],
  ['DX-HUMERUS', '肱骨正侧位', 'Humerus AP and lateral', 'HUMERUS', '肱骨', true],
  ['DX-ELBOW', '肘关节正侧位', 'Elbow AP and lateral', 'ELBOW', '肘关节', true],
  ['DX-FOREARM', '尺桡骨正侧位', 'Forearm AP and lateral', 'FOREARM', '前臂', true],
  ['DX-WRIST', '腕关节正侧位', 'Wrist AP and lateral', 'WRIST', '腕关节', true],
  ['DX-HAND', '手正斜位', 'Hand AP and oblique', 'HAND', '手', true],
  ['DX-FEMUR', '股骨正侧位', 'Femur AP and lateral', 'FEMUR', '股骨', true],
  ['DX-KNEE', '膝关节正侧位', 'Knee AP and lateral', 'KNEE', '膝关节', true],
  ['DX-LEG', '胫腓骨正侧位', 'Lower leg AP and lateral', 'LEG', '小腿', true],
  ['DX-ANKLE', '踝关节正侧位', 'Ankle AP and lateral', 'ANKLE', '踝关节', true],
  ['DX-FOOT', '足正斜位', 'Foot AP and oblique', 'FOOT', '足', true],
  ['DX-CALCANEUS', '跟骨侧轴位', 'Calcaneus lateral and axial', 'CALCANEUS', '跟骨', true],
];

const computedTomography: readonly Row[] = [
  ['CT-HEAD', '颅脑平扫', 'Head without contrast', 'HEAD', '颅脑'],
  ['CT-HEAD-C', '颅脑增强', 'Head with contrast', 'HEAD', '颅脑'],
  ['CT-CTA-HEAD', '头颈 CTA', 'Head and neck angiography', 'HEADNECK', '头颈'],
  ['CT-SINUS', '鼻窦平扫', 'Paranasal sinuses', 'SINUS', '鼻窦'],
  ['CT-TEMPORAL', '颞骨平扫', 'Temporal bones', 'HEAD', '颞骨'],
  ['CT-NECK', '颈部平扫', 'Neck', 'NECK', '颈部'],
  ['CT-CHEST', '胸部平扫', 'Chest without contrast', 'CHEST', '胸部'],
  ['CT-CHEST-C', '胸部增强', 'Chest with contrast', 'CHEST', '胸部'],
  ['CT-CHEST-LD', '胸部低剂量筛查', 'Chest, low-dose screening', 'CHEST', '胸部'],
  ['CT-CTPA', '肺动脉 CTA', 'Pulmonary angiography', 'CHEST', '胸部'],
  ['CT-ABDOMEN', '上腹部平扫', 'Upper abdomen without contrast', 'ABDOMEN', '上腹部'],
  ['CT-ABDOMEN-C', '上腹部增强', 'Upper abdomen with contrast', 'ABDOMEN', '上腹部'],
  ['CT-PELVIS', '盆腔平扫', 'Pelvis without contrast', 'PELVIS', '盆腔'],
  ['CT-URINARY', '泌尿系平扫', 'Urinary tract', 'ABDOMEN', '泌尿系'],
  ['CT-CSPINE', '颈椎平扫', 'Cervical spine', 'CSPINE', '颈椎'],
  ['CT-LSPINE', '腰椎平扫', 'Lumbar spine', 'LSPINE', '腰椎'],
  ['CT-KNEE', '膝关节平扫', 'Knee', 'KNEE', '膝关节', true],
];

const magneticResonance: readonly Row[] = [
  ['MR-HEAD', '颅脑平扫', 'Head without contrast', 'HEAD', '颅脑'],
  ['MR-HEAD-DWI', '颅脑平扫加弥散', 'Head with diffusion', 'HEAD', '颅脑'],
  ['MR-MRA', '头颅 MRA', 'Head angiography', 'HEAD', '颅脑'],
  ['MR-CSPINE', '颈椎平扫', 'Cervical spine', 'CSPINE', '颈椎'],
  ['MR-LSPINE', '腰椎平扫', 'Lumbar spine', 'LSPINE', '腰椎'],
  ['MR-KNEE', '膝关节平扫', 'Knee', 'KNEE', '膝关节', true],
  ['MR-SHOULDER', '肩关节平扫', 'Shoulder', 'SHOULDER', '肩关节', true],
  ['MR-LIVER', '肝胆平扫加增强', 'Liver with contrast', 'LIVER', '肝胆'],
  ['MR-MRCP', '磁共振胰胆管成像', 'Cholangiopancreatography', 'ABDOMEN', '上腹部'],
  ['MR-PELVIS', '盆腔平扫', 'Pelvis', 'PELVIS', '盆腔'],
];

const ultrasound: readonly Row[] = [
  ['US-ABDOMEN', '腹部彩超（肝胆胰脾）', 'Abdomen', 'ABDOMEN', '腹部'],
  ['US-URINARY', '泌尿系彩超', 'Urinary tract', 'KIDNEY', '泌尿系'],
  ['US-THYROID', '甲状腺彩超', 'Thyroid', 'THYROID', '甲状腺'],
  ['US-BREAST', '乳腺彩超', 'Breast', 'BREAST', '乳腺', true],
  ['US-CAROTID', '颈动脉彩超', 'Carotid arteries', 'CAROTID', '颈动脉'],
  ['US-HEART', '心脏彩超', 'Echocardiography', 'HEART', '心脏'],
  ['US-LEG-VEIN', '下肢静脉彩超', 'Lower-limb veins', 'LEG', '下肢', true],
  ['US-GYN', '妇科彩超', 'Gynaecological', 'UTERUS', '子宫附件'],
  ['US-OB', '产科彩超', 'Obstetric', 'UTERUS', '胎儿'],
  ['US-PROSTATE', '前列腺彩超', 'Prostate', 'PROSTATE', '前列腺'],
];

const mammography: readonly Row[] = [
  ['MG-BREAST', '乳腺钼靶双侧', 'Mammography, both sides', 'BREAST', '乳腺'],
  ['MG-BREAST-1', '乳腺钼靶单侧', 'Mammography, one side', 'BREAST', '乳腺', true],
];

const electrocardiography: readonly Row[] = [
  ['ECG-12', '常规十二导联心电图', 'Resting 12-lead ECG', 'HEART', '心脏'],
  ['ECG-18', '十八导联心电图', 'Resting 18-lead ECG', 'HEART', '心脏'],
  ['ECG-RHYTHM', '心律记录（长程 1 分钟）', 'Rhythm strip, one minute', 'HEART', '心脏'],
  ['ECG-HOLTER', '动态心电图 24 小时', 'Holter, 24 hours', 'HEART', '心脏'],
];

const examsOf = (line: CatalogueExam['line'], modality: string, rows: readonly Row[]): CatalogueExam[] =>
  rows.map(([code, name, nameEn, bodyPart, bodyPartName, sides = false]) => ({
    code,
    line,
    // The same body part is examined by several machines: the name says by which.
    name: modality === 'CT' ? `CT ${name}` : modality === 'MR' ? `磁共振 ${name}` : name,
    nameEn: `${modality} ${nameEn}`,
    modality,
    bodyPart,
    bodyPartName,
    hasSides: sides,
  }));

export const examCatalogue: CatalogueExam[] = [
  ...examsOf('imaging', 'DX', radiography),
  ...examsOf('imaging', 'CT', computedTomography),
  ...examsOf('imaging', 'MR', magneticResonance),
  ...examsOf('imaging', 'US', ultrasound),
  ...examsOf('imaging', 'MG', mammography),
  ...examsOf('ecg', 'ECG', electrocardiography),
];
