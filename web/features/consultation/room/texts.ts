import { defineTexts } from '../../../api/texts.ts';
import { en } from './texts-en.ts';
import { zh } from './texts-zh.ts';

export const useRoomText = defineTexts('room', zh, en);
