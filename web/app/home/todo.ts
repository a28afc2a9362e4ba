import type { ReturnKind } from '@lianzhen/contracts/orders.ts';
import type { LinkProps } from '@tanstack/react-router';
import type { Tone } from '../../ui/tone-tag.tsx';

export type TodoKind =
  | 'critical'
  | 'emergency'
  | 'invitation'
  | 'session'
  | 'returned'
  | 'rejected'
  | 'overdue'
  | 'result'
  | 'opinion'
  | 'review'
  | 'read'
  | 'undelivered'
  | 'images'
  | 'draft';

/** One thing that waits for a person, and where he does it. */
export interface Todo {
  key: string;
  kind: TodoKind;
  tone: Tone;
  who: string;
  text: string;
  at: string;
  /** Of a returned request: what its centre found wanting. */
  returnedKind?: ReturnKind | null;
  /** Until when an answer is owed. */
  dueAt?: string;
  link: LinkProps;
}
