import type { Hub } from './hub.ts';

/** The accounts of the demo region, by facility. */
const accounts = [
  ['V01', '村卫生室 village clinic', 'village01'],
  ['T01', '乡镇卫生院 township', 'township01(医生 doctor) tech01(技师 technician)'],
  ['T02', '乡镇卫生院 township', 'township02'],
  [
    'C01',
    '县医院 county hospital',
    'radiologist01 radiologist02 ecg01 ecg02 pathologist01 pathologist02 lab01 lab02 countyadmin01',
  ],
  ['C02', '另一县医院 another county hospital', 'radiologist03'],
  ['P01', '对口三甲医院 tertiary hospital', 'expert01 expert02 expert03 tertiaryadmin01'],
  ['G01', '卫健委 health commission', 'regulator01 auditor01'],
] as const;

/** What a person reads when the hub is up. */
export function banner({ url, ports, dataDir }: Hub, isDemo: boolean, aet: string): string {
  const doors = [
    '',
    `联诊已就绪 · Lianzhen is ready:  ${url}`,
    `  DIMSE ${aet}@${ports.dimse}   HL7 MLLP ${ports.mllp}   WebRTC ${ports.rtc}   DICOMweb ${url}/dicomweb   FHIR ${url}/fhir/R4`,
    `  数据与日志 · data and logs: ${dataDir}`,
  ];
  const demo = [
    '',
    '演示账号(密码均为 Lianzhen-demo-1)· demo accounts (password Lianzhen-demo-1 for all):',
    ...accounts.map(([code, place, names]) => `  ${code}  ${place}: ${names}`),
  ];
  return [...doors, ...(isDemo ? demo : []), '', '按 Ctrl-C 停止 · Ctrl-C stops it', ''].join('\n');
}
