import { defineTexts } from '../../api/texts.ts';
import { en } from './texts-en.ts';
import { zh } from './texts-zh.ts';

export type { OrdersKey } from './texts-zh.ts';
export const useOrdersText = defineTexts('orders', zh, en);
