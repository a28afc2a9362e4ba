import type { ReportContent } from '@lianzhen/contracts/reporting.ts';

const id = (tail: number) => `018f0000-0000-7000-8000-${String(tail).padStart(12, '0')}`;
export const countyHospital = { id: id(1), code: 'C01', name: '青山县人民医院' };
export const townshipCentre = { id: id(2), code: 'T01', name: '柳溪镇卫生院' };

/** A signed final report of two exams of one request, complete in itself; `changes` replace whole fields. */
export function reportContent(changes: Partial<ReportContent> = {}): ReportContent {
  return {
    schema: 1,
    reportId: id(10),
    versionNumber: 1,
    kind: 'final',
    replacesVersion: null,
    amendmentReason: null,
    patient: {
      id: id(20),
      name: '张三',
      namePinyin: 'zhangsan',
      sex: 'female',
      birthDate: '1990-03-02',
      identifiers: [
        { type: 'mrn', issuer: 'T01', value: 'M-0007' },
        { type: 'id-card', issuer: 'CN', value: '110101199003020023' },
      ],
    },
    order: {
      id: id(30),
      number: 'R20260301001',
      placerNumber: 'HIS-55',
      submittedAt: '2026-03-01T16:30:00.000Z',
      urgency: 'urgent',
      purpose: '排除骨折',
      history: '摔伤一天',
      diagnosisCode: 'S82.9',
      diagnosisText: '小腿骨折',
      department: '外科',
      visitNumber: 'V-9',
      requester: '李医生',
      requestingFacility: { ...townshipCentre },
    },
    exams: [
      {
        accessionNumber: 'A2603010001',
        examCode: 'DR-LEG',
        examName: '小腿正侧位',
        modality: 'DX',
        bodyPart: 'LEG',
        laterality: 'left',
        studies: [
          {
            studyInstanceUid: '1.2.826.0.1.3680043.10.1.1',
            studyDate: '20260302',
            modalities: ['DX'],
            seriesCount: 1,
            instanceCount: 2,
            revision: 1,
          },
        ],
      },
      {
        accessionNumber: 'A2603010002',
        examCode: 'DR-CHEST',
        examName: '胸部正位',
        modality: 'DX',
        bodyPart: 'CHEST',
        laterality: null,
        studies: [],
      },
    ],
    centre: { id: id(40), name: '影像诊断中心', line: 'imaging', facility: { ...countyHospital } },
    findings: '左小腿骨质连续。\n胸部未见异常。',
    impression: '未见骨折。',
    advice: '必要时复查。',
    positive: false,
    critical: false,
    criticalText: null,
    writer: { id: id(50), name: '王一', title: '住院医师', licenceNumber: '110000001' },
    submittedAt: '2026-03-01T17:00:00.000Z',
    reviewer: { id: id(51), name: '赵二', title: '主治医师', licenceNumber: '110000002' },
    signedAt: '2026-03-01T17:30:00.000Z',
    ...changes,
  };
}

/** SHA-256 as a hash of the right length; which content it belongs to does not matter to a form. */
export const sampleHash = '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08';
