import { defineTexts } from '../../api/texts.ts';
import { en } from './texts-en.ts';
import { zh } from './texts-zh.ts';

export type { DeliveryKey } from './texts-zh.ts';
export const useDeliveryText = defineTexts('delivery', zh, en);
