/** The words of the electrocardiogram's part of a report, and of the page with its trace. */
export const reportEcgWords = {
  zh: {
    language: 'zh',
    section: '心电测量',
    labels: {
      ...{ acquiredAt: '采集时间', heartRate: '心率', p: 'P 波时限', pr: 'PR 间期', qrs: 'QRS 时限', qt: 'QT/QTc' },
      ...{ axes: 'P/QRS/T 电轴', rv5: 'RV5', sv1: 'SV1', sokolow: 'RV5+SV1', by: '测量方式' },
      ...{ statements: '诊断编码', comparison: '与前次比较', comparedWith: '对比心电图' },
    },
    perMinute: '次/分',
    formulas: { bazett: 'Bazett', fridericia: 'Fridericia', framingham: 'Framingham', hodges: 'Hodges' },
    by: { automatic: '自动测量', person: '人工校正' },
    correctedBy: (formula: string) => `（QTc：${formula} 公式）`,
    between: '；',
    page: {
      ...{ title: '心电图波形', derived: '计算导联', missing: '缺', device: '设备' },
      unread: '波形未能读取，本页无图，报告内容不受影响',
      picture: '心电图为 PDF 或照片，随检查保存，不能按真实比例打印，本报告不附波形页',
      partOf: (shown: string, whole: string) => `记录共 ${whole} 秒，本页为前 ${shown} 秒`,
      why: {
        absent: '联诊平台上没有这份心电图的数据',
        damaged: '心电图数据有误',
        lost: '心电图数据未能从存储中取得',
      },
    },
  },
  en: {
    language: 'en',
    section: 'ECG measurements',
    labels: {
      ...{ acquiredAt: 'Recorded at', heartRate: 'Heart rate', p: 'P duration', pr: 'PR interval' },
      ...{ qrs: 'QRS duration', qt: 'QT/QTc', axes: 'P/QRS/T axis', rv5: 'RV5', sv1: 'SV1', sokolow: 'RV5+SV1' },
      ...{ by: 'Measured', statements: 'Statement codes', comparison: 'Comparison', comparedWith: 'Compared with' },
    },
    perMinute: '/min',
    formulas: { bazett: 'Bazett', fridericia: 'Fridericia', framingham: 'Framingham', hodges: 'Hodges' },
    by: { automatic: 'automatically', person: 'corrected by a person' },
    correctedBy: (formula: string) => ` (QTc: ${formula})`,
    between: '; ',
    page: {
      ...{ title: 'Trace', derived: 'computed lead', missing: 'missing', device: 'Device' },
      unread: 'The trace could not be read: this page has no picture. The report is not affected',
      picture:
        'The electrocardiogram is a PDF or a photograph, kept with the exam; it cannot be printed at true scale, so there is no page with the trace',
      partOf: (shown: string, whole: string) => `The first ${shown} s of a recording of ${whole} s`,
      why: {
        absent: 'the hub has no data of this electrocardiogram',
        damaged: 'the data of the electrocardiogram are not valid',
        lost: 'the store did not give the data of the electrocardiogram out',
      },
    },
  },
} as const;
