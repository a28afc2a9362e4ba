const statementEnd = /[。；;！？!?\n]|(?<!\d)\.(?!\d)/u;
const pause = /[，,、]/u;
const numbering = /^[\s（(]*(?:\d+|[一二三四五六七八九十]+)?[\s）).、:：．]*/u;
/** What follows from a finding, or how sure one is, is no finding. */
const isAside =
  /^(?:建议|请|必要时|随访|随诊|复查|结合(?:临床|病史)|(?:please|clinical|follow[- ]?up|recommend|suggest|if needed)\b)/iu;
/** "Cannot be excluded" and "as before" are findings, though their words deny. */
const isHedged = /不(?:能)?(?:完全)?(?:除外|排除)|(?:未|不能)排除|待排|较前|变化|\bcannot\b|\bunchanged\b|\bstable\b/iu;
const denies =
  /未见|未发现|未显示|未探及|无(?:明[显确])?(?:异常|骨折|病变|特殊)|阴性|正常|\bno\b|\bwithout\b|\bnormal\b|\bunremarkable\b|\bnegative\b/iu;
const isAbnormal = /不正常|非正常|\babnormal(?!it)/iu;

/**
 * What an impression says by its words, proposed to the doctor who decides: negative where every statement denies,
 * positive where one does not. Follow-up advice counts for neither.
 * @returns null for an impression that states nothing
 */
export function proposePolarity(impression: string): boolean | null {
  const statements = impression
    .split(statementEnd)
    .map((statement) => statement.replace(numbering, '').trim())
    .filter((statement) => statement !== '' && !isAside.test(statement));
  if (statements.length === 0) return null;
  return !statements.every(isDenial);
}

/** A denial reaches over the pauses after it: 未见出血、梗死及占位 denies all three; 肺气肿，未见积液 states one. */
function isDenial(statement: string): boolean {
  if (isHedged.test(statement) || isAbnormal.test(statement)) return false;
  const parts = statement.split(pause).map((part) => part.trim());
  const first = parts.find((part) => part !== '' && !isAside.test(part));
  if (first === undefined) return true;
  if (!denies.test(first))
    return parts.length > 1 && isPlaceOnly(first) && parts.slice(1).some((part) => denies.test(part));
  return true;
}

/** 双肺、心、膈未见异常: what stands before the denial only names places. */
const isPlaceOnly = (part: string): boolean =>
  /^[双两左右侧]*(?:心|肺|膈|肝|胆|胰|脾|肾|脑|骨|关节|胸|腹|盆|纵隔|胸膜|胸廓|颈椎|腰椎|胸椎|膀胱|输尿管|子宫|附件|前列腺)[部腔椎野影质]*$/u.test(
    part,
  );
