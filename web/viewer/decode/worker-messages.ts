import type { ProblemCode, ProblemDetails } from '../problem.ts';
import type { DecodedPicture, DecodeRequest } from './picture-types.ts';

export interface WorkerOrder {
  readonly id: number;
  readonly request: DecodeRequest;
}

/** An error loses its class on the way out of a worker, so it travels as its parts. */
export type WorkerAnswer =
  | { readonly id: number; readonly picture: DecodedPicture }
  | { readonly id: number; readonly problem: { readonly code: ProblemCode; readonly details: ProblemDetails } };
