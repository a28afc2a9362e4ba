import type { Adapter } from './adapter.ts';

/** The facility's inbox is the hub itself: a result is there once its delivery is accepted. A person reads it later. */
export const sendToInbox: Adapter = async () => ({ outcome: 'accepted', answer: '' });
