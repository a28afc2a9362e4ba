import { App } from 'antd';
import type { ApiErrorCode } from '../../../api/api-error.ts';
import { useErrorText } from '../../../api/vocabulary.ts';
import { RoomError } from '../../../call/room-error.ts';
import { useRoomText } from './texts.ts';

/** Waits for an act in the room; where it is refused, a line says why. @returns whether it succeeded */
export function useSay(): (act: Promise<unknown>) => Promise<boolean> {
  const t = useRoomText();
  const textOf = useErrorText();
  const { message } = App.useApp();
  return async (act) => {
    try {
      await act;
      return true;
    } catch (cause) {
      if (!(cause instanceof RoomError)) throw cause;
      const isLost = cause.code === 'no-answer' || cause.code === 'misunderstood';
      void message.warning(isLost ? t('noAnswer') : textOf(cause.code as ApiErrorCode));
      return false;
    }
  };
}
