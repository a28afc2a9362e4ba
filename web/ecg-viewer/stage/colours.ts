import type { SheetColour } from '@lianzhen/ecg/sheet/sheet.ts';

/** The ink and the paper of every recorder: dark on pink. */
export const inks: Readonly<Record<SheetColour, string>> = {
  ruling: '#f9dedd',
  strongRuling: '#efb9b7',
  curve: '#101c26',
  text: '#12343b',
  faint: '#7b8a8f',
  warning: '#a02c1f',
  mark: '#0b5fa8',
};
export const paper = '#fffbfa';
export const chosenInk = '#c2410c';
export const caliperInk = '#0b5fa8';
export const fontFamily = '"PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", system-ui, sans-serif';
