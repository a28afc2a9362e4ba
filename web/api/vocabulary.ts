import type { Role } from '@lianzhen/contracts/access.ts';
import type { CaseEventKind } from '@lianzhen/contracts/case-events.ts';
import type { DeliveryState, DestinationKind } from '@lianzhen/contracts/delivery.ts';
import { errorCodes } from '@lianzhen/contracts/errors.ts';
import type { ServiceLine, Urgency } from '@lianzhen/contracts/facilities.ts';
import type { OrderState, OrderView, ReturnKind } from '@lianzhen/contracts/orders.ts';
import type { IdentifierType, Sex } from '@lianzhen/contracts/patients.ts';
import type { ApiErrorCode } from './api-error.ts';
import { consultationNames } from './consultation-names.ts';
import { ecgNames } from './ecg-names.ts';
import { type Language, useLanguage } from './texts.ts';

type Pair = readonly [zh: string, en: string];
type Step = OrderView['progress']['step'];
type WaitsFor = OrderView['progress']['waitsFor'];
type Relation = 'self' | 'guardian' | 'spouse' | 'child' | 'parent' | 'sibling' | 'other-relative';

/** What the contract's codes are called by people. One table, because a code means the same on every page. */
const names = {
  sex: {
    male: ['男', 'male'],
    female: ['女', 'female'],
    unknown: ['性别未知', 'sex unknown'],
    unstated: ['性别未说明', 'sex not stated'],
  } satisfies Record<Sex, Pair>,
  urgency: {
    emergency: ['急诊', 'Emergency'],
    urgent: ['加急', 'Urgent'],
    routine: ['平诊', 'Routine'],
  } satisfies Record<Urgency, Pair>,
  line: {
    imaging: ['影像', 'Imaging'],
    ecg: ['心电', 'ECG'],
    pathology: ['病理', 'Pathology'],
    laboratory: ['检验', 'Laboratory'],
    consultation: ['会诊', 'Consultation'],
  } satisfies Record<ServiceLine, Pair>,
  level: {
    village: ['村级', 'Village'],
    township: ['乡镇级', 'Township'],
    county: ['县级', 'County'],
    city: ['市级', 'City'],
    province: ['省级', 'Province'],
  },
  role: {
    'requesting-doctor': ['申请医生', 'Requesting doctor'],
    technician: ['技师', 'Technician'],
    reader: ['阅片医生', 'Reader'],
    'senior-reader': ['审核医生', 'Senior reader'],
    expert: ['会诊专家', 'Expert'],
    'facility-admin': ['机构管理员', 'Facility admin'],
    regulator: ['监管人员', 'Regulator'],
    auditor: ['审计人员', 'Auditor'],
  } satisfies Record<Role, Pair>,
  title: {
    resident: ['住院医师', 'Resident'],
    attending: ['主治医师', 'Attending'],
    'associate-chief': ['副主任医师', 'Associate chief'],
    chief: ['主任医师', 'Chief'],
  },
  identifier: {
    'id-card': ['身份证', 'ID card'],
    'health-card': ['健康卡', 'Health card'],
    passport: ['护照', 'Passport'],
    mrn: ['病历号', 'Record number'],
    'birth-certificate': ['出生医学证明', 'Birth certificate'],
    other: ['其他证件', 'Other'],
  } satisfies Record<IdentifierType, Pair>,
  orderState: {
    submitted: ['已发送', 'Sent'],
    returned: ['已退回', 'Returned'],
    withdrawn: ['已撤回', 'Withdrawn'],
    completed: ['已完成', 'Completed'],
  } satisfies Record<OrderState, Pair>,
  returnKind: {
    'bad-quality': ['图像质量不合格', 'Image quality'],
    'missing-data': ['资料不全', 'Missing data'],
    'wrong-exam': ['检查与申请不符', 'Exam differs from the request'],
    other: ['其他', 'Other'],
  } satisfies Record<ReturnKind, Pair>,
  step: {
    'waiting-for-images': ['等待图像', 'Waiting for images'],
    'in-quarantine': ['身份待核对', 'Identity to be checked'],
    'in-queue': ['排队中', 'In the queue'],
    'being-read': ['正在阅片', 'Being read'],
    'in-review': ['审核中', 'In review'],
    reported: ['已出报告', 'Reported'],
    returned: ['已退回', 'Returned'],
    withdrawn: ['已撤回', 'Withdrawn'],
  } satisfies Record<Step, Pair>,
  waitsFor: {
    images: ['检查图像', 'the images'],
    'identity-decision': ['有人核对身份', 'somebody to check the identity'],
    reader: ['阅片医生', 'a reader'],
    reviewer: ['审核医生', 'a reviewer'],
    supplement: ['补充材料', 'your supplement'],
    nothing: ['无', 'nothing'],
  } satisfies Record<WaitsFor, Pair>,
  laterality: {
    left: ['左侧', 'left'],
    right: ['右侧', 'right'],
    both: ['双侧', 'both sides'],
  },
  relation: {
    self: ['本人', 'The patient'],
    guardian: ['监护人', 'Guardian'],
    spouse: ['配偶', 'Spouse'],
    child: ['子女', 'Child'],
    parent: ['父母', 'Parent'],
    sibling: ['兄弟姐妹', 'Sibling'],
    'other-relative': ['其他近亲属', 'Other relative'],
  } satisfies Record<Relation, Pair>,
  consentMethod: {
    written: ['书面签字', 'Written'],
    electronic: ['电子签名', 'Electronic signature'],
    'verbal-recorded': ['口头并录音', 'Spoken and recorded'],
    emergency: ['紧急情况', 'Emergency'],
  },
  deliveryState: {
    waiting: ['等待发送', 'Waiting'],
    sent: ['已发出', 'Sent'],
    accepted: ['已接收', 'Accepted'],
    rejected: ['被拒收', 'Rejected'],
    failed: ['发送失败', 'Failed'],
    superseded: ['已被替代，未发送', 'Superseded'],
  } satisfies Record<DeliveryState, Pair>,
  channel: {
    inbox: ['联诊收件箱', 'Hub inbox'],
    'hl7-mllp': ['HL7 v2 (MLLP)', 'HL7 v2 (MLLP)'],
    fhir: ['FHIR R4', 'FHIR R4'],
    'dicom-store': ['DICOM 存储', 'DICOM store'],
    dicomweb: ['DICOMweb', 'DICOMweb'],
  } satisfies Record<DestinationKind, Pair>,
  caseEvent: {
    sent: ['发送申请', 'Request sent'],
    ready: ['图像到齐，进入队列', 'Images complete, in the queue'],
    'late-images': ['收到迟到图像', 'Late images came'],
    'consultation-asked': ['已申请会诊', 'Consultation asked for'],
    'consultation-over': ['会诊结束', 'Consultation over'],
    claimed: ['开始阅片', 'Reading begun'],
    released: ['放回队列', 'Put back'],
    'lease-expired': ['占用到期，回到队列', 'Hold ran out, back in the queue'],
    'taken-over': ['由他人接手', 'Taken over'],
    submitted: ['报告已书写，待审核', 'Report written, to be reviewed'],
    'edited-by-reviewer': ['审核医生修改', 'Edited by the reviewer'],
    'preliminary-issued': ['发出临时报告', 'Preliminary report issued'],
    rejected: ['审核驳回', 'Rejected in review'],
    approved: ['审核通过，报告签发', 'Approved and signed'],
    amended: ['开始更正报告', 'Correction begun'],
    'correction-abandoned': ['放弃更正，原报告继续有效', 'Correction abandoned, the signed report stays in force'],
    returned: ['退回申请', 'Returned'],
    'taken-again': ['重新采集的图像已到', 'Images taken again have come'],
    supplemented: ['补充材料', 'Supplemented'],
    withdrawn: ['撤回申请', 'Withdrawn'],
    overdue: ['超过时限', 'Overdue'],
  } satisfies Record<CaseEventKind, Pair>,
  versionKind: {
    preliminary: ['临时报告', 'Preliminary'],
    final: ['正式报告', 'Final'],
    corrected: ['更正报告', 'Corrected'],
  },
  ...consultationNames,
  ...ecgNames,
} as const;

export type Vocabulary = keyof typeof names;

/** @returns a code's name; a code this page does not know yet is shown as it is. */
export function nameOf(kind: Vocabulary, code: string, language: Language): string {
  const table = names[kind] as Record<string, Pair>;
  return (Object.hasOwn(table, code) && table[code]?.[language === 'zh' ? 0 : 1]) || code;
}

export function useNames(): (kind: Vocabulary, code: string | null | undefined) => string {
  const language = useLanguage();
  return (kind, code) => (code ? nameOf(kind, code, language) : '');
}

/** All codes of a kind with their names, in the table's order; for selects and filters. */
export function useOptions(kind: Vocabulary): { value: string; label: string }[] {
  const language = useLanguage();
  return Object.keys(names[kind]).map((value) => ({ value, label: nameOf(kind, value, language) }));
}

export function errorText(code: ApiErrorCode, language: Language): string {
  if (code !== 'unreachable') return errorCodes[code][language];
  return language === 'zh'
    ? '连接不上服务器，请检查网络后重试'
    : 'The hub cannot be reached; check the link and try again';
}

export function useErrorText(): (code: ApiErrorCode) => string {
  const language = useLanguage();
  return (code) => errorText(code, language);
}
