import type { ConsultationEventKind, MissedReason } from '@lianzhen/contracts/consultation-events.ts';
import type { ExpertLack } from '@lianzhen/contracts/consultation-experts.ts';
import { type Specialty, specialtyNames } from '@lianzhen/contracts/consultation-experts.ts';
import type { ConsultationState, InvitationState } from '@lianzhen/contracts/consultation-states.ts';
import type { PeerView, ReceivingStep, SeatRole } from '@lianzhen/contracts/room-signals.ts';

type Pair = readonly [zh: string, en: string];

const specialties = Object.fromEntries(
  Object.entries(specialtyNames).map(([code, { zh, en }]): [string, Pair] => [code, [zh, en]]),
) as Record<Specialty, Pair>;

/** What the codes of consultations and rooms are called by people; a part of the one table in vocabulary.ts. */
export const consultationNames = {
  specialty: specialties,
  consultationKind: {
    single: ['单学科会诊', 'One specialty'],
    joint: ['多学科会诊', 'Several specialties'],
    'case-discussion': ['疑难病例讨论', 'Case discussion'],
  },
  consultationState: {
    submitted: ['等待答复', 'Waiting for an answer'],
    'supplement-asked': ['等待补充材料', 'Waiting for more material'],
    accepted: ['已受理', 'Accepted'],
    scheduled: ['已排期', 'Scheduled'],
    live: ['会诊中', 'In session'],
    'opinion-due': ['意见待签', 'Opinion due'],
    concluded: ['已出具意见', 'Opinion signed'],
    acknowledged: ['已阅知', 'Acknowledged'],
    archived: ['已归档', 'Archived'],
    declined: ['已谢绝', 'Declined'],
    cancelled: ['已取消', 'Cancelled'],
    missed: ['爽约', 'Missed'],
    terminated: ['已终止', 'Broken off'],
  } satisfies Record<ConsultationState, Pair>,
  missedReason: {
    'nobody-came': ['双方均未到场', 'Nobody came'],
    'requester-absent': ['申请方未到场', 'The requester did not come'],
    'expert-absent': ['专家未到场', 'The expert did not come'],
    'never-met': ['双方未同时在场', 'They never met'],
  } satisfies Record<MissedReason, Pair>,
  invitationState: {
    waiting: ['等待答复', 'Waiting'],
    'time-proposed': ['提议改期', 'Another time proposed'],
    'supplement-asked': ['要求补充材料', 'Asks for more material'],
    accepted: ['已接受', 'Accepted'],
    declined: ['已谢绝', 'Declined'],
    superseded: ['已由他人接受', 'Taken by another'],
  } satisfies Record<InvitationState, Pair>,
  consultationEvent: {
    sent: ['发送会诊申请', 'Request sent'],
    invited: ['邀请专家', 'Expert asked'],
    accepted: ['接受会诊', 'Accepted'],
    'time-proposed': ['提议改期', 'Another time proposed'],
    'time-agreed': ['同意改期', 'Time agreed'],
    'time-refused': ['不同意改期', 'Time refused'],
    declined: ['谢绝会诊', 'Declined'],
    'supplement-asked': ['要求补充材料', 'More material asked for'],
    supplemented: ['补充材料', 'Supplemented'],
    overdue: ['未按时答复', 'No answer in time'],
    'passed-on': ['转请其他专家', 'Passed on'],
    reminded: ['已提醒', 'Reminded'],
    'guest-invited': ['邀请无账号参加者', 'Guest invited'],
    'guest-revoked': ['作废来宾邀请', 'Guest revoked'],
    started: ['会诊开始', 'Session begun'],
    ended: ['会诊结束', 'Session over'],
    'opinion-overdue': ['会诊意见逾期', 'Opinion overdue'],
    'opinion-signed': ['签发会诊意见', 'Opinion signed'],
    'opinion-correcting': ['开始更正意见', 'Correction begun'],
    'opinion-corrected': ['更正会诊意见', 'Opinion corrected'],
    acknowledged: ['已阅知', 'Acknowledged'],
    cancelled: ['取消会诊', 'Cancelled'],
    terminated: ['终止会诊', 'Broken off'],
    missed: ['爽约', 'Missed'],
    explained: ['说明未到原因', 'Absence explained'],
    archived: ['归档', 'Archived'],
  } satisfies Record<ConsultationEventKind, Pair>,
  expertLack: {
    'no-licence': ['无执业证书编号', 'no licence on record'],
    'too-junior': ['职称不符合要求', 'title below what is asked'],
    'too-few-years': ['独立执业不满三年', 'less than three years of own practice'],
    'no-agreement': ['两机构之间没有会诊协议', 'no agreement between the facilities'],
    'other-specialty': ['不属于所选专业', 'another specialty'],
    'not-registered': ['账号已停用或已无会诊角色', 'account closed, or no longer one who answers'],
  } satisfies Record<ExpertLack, Pair>,
  seatRole: {
    chair: ['主持', 'Chair'],
    expert: ['专家', 'Expert'],
    requester: ['申请方', 'Requesting side'],
    observer: ['旁听', 'Observer'],
    patient: ['患者方', 'Patient'],
    guest: ['来宾', 'Guest'],
  } satisfies Record<SeatRole, Pair>,
  receivingStep: {
    full: ['完整画面', 'full picture'],
    thumbnails: ['小画面', 'small picture'],
    stills: ['定格画面', 'still pictures'],
    audio: ['仅语音', 'voice only'],
  } satisfies Record<ReceivingStep, Pair>,
  stepReason: {
    good: ['网络良好', 'good link'],
    loss: ['网络丢包', 'packets are lost'],
    delay: ['网络延迟高', 'the link is slow to answer'],
    bandwidth: ['带宽不足', 'little bandwidth'],
    chosen: ['本人选择', 'chosen'],
    connection: ['正在恢复连接', 'the link is being mended'],
  } satisfies Record<PeerView['stepReason'], Pair>,
} as const;
