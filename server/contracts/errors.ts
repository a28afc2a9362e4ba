/** Every error the hub can answer with. The list is closed: a new code is a change of contract. */
export const errorCodes = {
  'bad-input': { status: 422, zh: '输入有误', en: 'The input is not valid' },
  'malformed-request': { status: 400, zh: '请求格式有误', en: 'The request is malformed' },
  unauthenticated: { status: 401, zh: '请先登录', en: 'Log in first' },
  'wrong-credentials': { status: 401, zh: '用户名或密码不正确', en: 'User name or password is wrong' },
  'totp-required': { status: 401, zh: '请输入动态验证码', en: 'A one-time code is needed' },
  'new-password-required': {
    status: 401,
    zh: '一次性密码只能使用一次，请设置新密码',
    en: 'A one-time password is good once; choose a new one',
  },
  'one-time-password-expired': {
    status: 401,
    zh: '一次性密码已过期，请联系机构管理员重置',
    en: 'The one-time password has expired; ask an administrator of the facility for another',
  },
  'password-required': { status: 403, zh: '请输入当前密码', en: 'Enter your present password' },
  'locked-out': {
    status: 429,
    zh: '多次失败，账号暂时锁定',
    en: 'Too many failures; the account is locked for a while',
  },
  'rate-limited': { status: 429, zh: '请求过于频繁，请稍后再试', en: 'Too many requests; try again later' },
  forbidden: { status: 403, zh: '没有权限', en: 'Not permitted' },
  'same-person': { status: 403, zh: '书写者不能审核自己的报告', en: 'The writer cannot review the same report' },
  'not-senior': { status: 403, zh: '需要主治及以上职称审核', en: 'The review needs an attending or higher title' },
  'not-found': { status: 404, zh: '未找到', en: 'Not found' },
  'method-not-allowed': { status: 405, zh: '不支持此操作方法', en: 'This method is not allowed here' },
  'not-acceptable': { status: 406, zh: '无法提供所要求的格式', en: 'The requested form cannot be given' },
  'stale-revision': { status: 409, zh: '内容已被他人更新，请刷新', en: 'Somebody changed this meanwhile; look again' },
  'wrong-state': { status: 409, zh: '当前状态不允许此操作', en: 'The present state does not allow this' },
  'report-signed': {
    status: 409,
    zh: '已有签署的报告依据这份检查，不能解除关联',
    en: 'A signed report rests on this study; it stays attached',
  },
  'marks-unsaved': {
    status: 409,
    zh: '影像标注正在保存，请稍后再签署',
    en: 'The marks are being saved; sign again in a moment',
  },
  'already-claimed': { status: 409, zh: '已被他人领取', en: 'Somebody else has claimed this' },
  'lease-lost': { status: 409, zh: '您对该病例的占用已失效', en: 'You no longer hold this case' },
  'already-exists': { status: 409, zh: '已存在', en: 'This exists already' },
  'identity-mismatch': { status: 409, zh: '患者身份信息不一致', en: 'The patient identities do not agree' },
  'same-uid-other-bytes': { status: 409, zh: '相同 UID 但内容不同，已隔离', en: 'Same UID, other bytes: quarantined' },
  'supplement-used': { status: 409, zh: '补充材料仅可要求一次', en: 'A supplement can be asked for once only' },
  'too-large': { status: 413, zh: '内容过大', en: 'Too large' },
  'unsupported-media-type': { status: 415, zh: '不支持的内容类型', en: 'Unsupported media type' },
  'no-agreement': { status: 422, zh: '没有生效的协议', en: 'No agreement in force' },
  'line-not-open': {
    status: 422,
    zh: '该类检查暂不能通过联诊申请，请按原有流程办理',
    en: 'This service cannot be requested here yet; ask for it the way you did before',
  },
  'consent-missing': { status: 422, zh: '缺少知情同意', en: 'Consent is missing' },
  'reason-required': { status: 422, zh: '请填写原因', en: 'A reason is required' },
  'invalid-identifier': { status: 422, zh: '证件号码校验失败', en: 'The identifier fails its check' },
  'weak-password': { status: 422, zh: '密码强度不足', en: 'The password is too weak' },
  'dicom-invalid': { status: 422, zh: 'DICOM 数据有误', en: 'The DICOM data are not valid' },
  'ecg-invalid': { status: 422, zh: '心电数据有误', en: 'The electrocardiogram cannot be read' },
  'unsupported-sop-class': { status: 422, zh: '不支持的 SOP 类', en: 'Unsupported SOP class' },
  'storage-full': { status: 507, zh: '存储空间不足', en: 'The storage is full' },
  unavailable: { status: 503, zh: '服务暂不可用', en: 'The service is not available now' },
  internal: { status: 500, zh: '系统内部错误', en: 'Internal error' },
} as const satisfies Record<string, { status: number; zh: string; en: string }>;

export type ErrorCode = keyof typeof errorCodes;

/** What may be told with an error: names of fields and tags, counts, states. Never a patient's data. */
export type ErrorDetails = Record<string, unknown>;

export class HubError extends Error {
  readonly code: ErrorCode;
  readonly details: ErrorDetails;

  constructor(code: ErrorCode, details: ErrorDetails = {}, options?: { cause?: unknown }) {
    super(code, options);
    this.name = 'HubError';
    this.code = code;
    this.details = details;
  }
}

/** RFC 9457 problem details, as every JSON route answers an error. */
export interface Problem {
  type: string;
  code: ErrorCode;
  title: string;
  status: number;
  requestId: string;
  details?: ErrorDetails;
}

/** @returns the problem document of a code in one language. */
export function problemOf(code: ErrorCode, details: ErrorDetails, requestId: string, language: 'zh' | 'en'): Problem {
  const { status, ...titles } = errorCodes[code];
  return { type: `urn:lianzhen:error:${code}`, code, title: titles[language], status, requestId, details };
}

export const isErrorCode = (value: unknown): value is ErrorCode =>
  typeof value === 'string' && Object.hasOwn(errorCodes, value);
