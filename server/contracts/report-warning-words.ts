/** What a warning says, in the reader's language. `{0}` is what was found. */
export const warningTexts = {
  zh: {
    'side-mismatch': '申请为{0}，文中出现另一侧“{1}”',
    'organ-mismatch': '患者性别为{0}，文中出现“{1}”',
    'body-part': '申请部位为{0}，文中只提到“{1}”',
    'late-images': '书写之后又到达图像：{0} 个检查有变化，请重新查看',
    'critical-negated': '标记为危急，文中却否定了“{0}”',
    'critical-unmarked': '文中出现“{0}”，未标记为危急',
    'critical-absent': '危急内容“{0}”没有写入诊断意见',
    'critical-dropped': '上一版报告为危急“{0}”，本次未标记为危急',
    polarity: '标记为{0}，与诊断意见“{1}”不一致',
    unfilled: '模板中还有未填写的内容：{0}',
  },
  en: {
    'side-mismatch': 'The request is for the {0} side; the text names the other: “{1}”',
    'organ-mismatch': 'The patient is {0}; the text names “{1}”',
    'body-part': 'The request is for {0}; the text speaks only of “{1}”',
    'late-images': 'Images came after the text was begun: {0} studies changed, look again',
    'critical-negated': 'Marked critical, but the text denies “{0}”',
    'critical-unmarked': 'The text names “{0}”, but the report is not marked critical',
    'critical-absent': 'What is critical, “{0}”, is not in the impression',
    'critical-dropped': 'The version before was critical, “{0}”; this one is not marked so',
    polarity: 'Marked {0}, which does not agree with the impression “{1}”',
    unfilled: 'Parts of a template are still empty: {0}',
  },
} as const;

export type WarningCode = keyof (typeof warningTexts)['zh'];

export const warningNames = {
  zh: { left: '左侧', right: '右侧', male: '男', female: '女', positive: '阳性', negative: '阴性' },
  en: { left: 'left', right: 'right', male: 'male', female: 'female', positive: 'positive', negative: 'negative' },
} as const;

/** Words that name a side. A pair such as 左右 or 双侧 names none. */
export const sideWords = {
  left: /左(?!右)|\bleft\b/giu,
  right: /(?<!左)右|\bright\b/giu,
} as const;

/** Organs of one sex. 附件 alone is also a part of a vertebra, and is left out. */
export const organsOf = {
  female: /子宫|卵巢|宫颈|输卵管|附件区|阴道|胎儿|孕囊|妊娠|\b(?:uterus|ovar(?:y|ies)|fetus)\b/giu,
  male: /前列腺|睾丸|精囊|附睾|阴茎|阴囊|\b(?:prostate|testis|testes|seminal)\b/giu,
} as const;

/** Words by which a text shows that it speaks of a region, and the DICOM body parts of that region. */
export const regions: ReadonlyArray<{ parts: readonly string[]; words: RegExp }> = [
  {
    parts: ['CHEST', 'RIB', 'HEART', 'LUNG'],
    words: /肺|纵隔|胸|膈|心影|心脏|肋|chest|lung|cardiac|mediastin|pleura/iu,
  },
  {
    parts: ['HEAD', 'SKULL', 'BRAIN', 'HEADNECK', 'SINUS', 'NOSE'],
    words: /颅|脑|鼻|眶|乳突|颞骨|brain|skull|sinus|ventric/iu,
  },
  {
    parts: ['ABDOMEN', 'LIVER', 'KIDNEY', 'PELVIS', 'UTERUS', 'PROSTATE', 'BLADDER'],
    words: /肝|胆|胰|脾|肾|肠|腹|膀胱|输尿管|盆|子宫|前列腺|胃|liver|kidney|bowel|abdom|pelvi|pancrea/iu,
  },
  {
    parts: ['CSPINE', 'TSPINE', 'LSPINE', 'SSPINE'],
    words: /椎|脊|骶|椎间盘|spine|vertebra|disc/iu,
  },
  {
    parts: ['SHOULDER', 'CLAVICLE', 'HUMERUS', 'ELBOW', 'FOREARM', 'WRIST', 'HAND'],
    words: /肩|锁骨|肱骨|肘|尺骨|桡骨|腕|掌|指|手|shoulder|humer|elbow|wrist|hand/iu,
  },
  {
    parts: ['HIP', 'FEMUR', 'KNEE', 'LEG', 'ANKLE', 'FOOT', 'CALCANEUS'],
    words: /髋|股骨|膝|髌|胫|腓|踝|跟骨|跖|趾|足|hip|femur|femoral|knee|tibia|ankle|foot/iu,
  },
  { parts: ['THYROID', 'NECK', 'CAROTID'], words: /甲状腺|颈|thyroid|neck|carotid/iu },
  { parts: ['BREAST'], words: /乳腺|乳房|腋窝|breast|axilla/iu },
];

/** Findings that a centre has to tell at once; a county's own list comes with the critical-value register. */
export const criticalTerms =
  /张力性气胸|气胸|主动脉夹层|动脉瘤破裂|肺栓塞|脑疝|脑出血|蛛网膜下腔出血|硬膜[下外]血肿|膈下.{0,4}游离气体|消化道穿孔|肠扭转|绞窄|肠系膜.{0,4}栓塞|宫外孕|异位妊娠|大面积脑梗死|急性心肌梗死|心包填塞|\b(?:tension pneumothorax|pneumothorax|aortic dissection|pulmonary embolism|free air)\b/giu;
