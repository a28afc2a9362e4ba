import type { AnyContractProcedure, ContractProcedure, InferSchemaInput, InferSchemaOutput } from '@orpc/contract';
import { implement } from '@orpc/server';
import type { Ctx } from '../context.ts';
import type { Deps } from '../deps.ts';

type UseCase<P> =
  P extends ContractProcedure<infer I, infer O, infer _E, infer _M>
    ? (deps: Deps, ctx: Ctx, input: InferSchemaOutput<I>) => Promise<InferSchemaInput<O>>
    : never;

/** A use case for every route of a word; one that is missing or of a wrong shape does not compile. */
export type UseCases<C extends Record<string, AnyContractProcedure>> = { [K in keyof C]: UseCase<C[K]> };

type Handled = (options: { input: unknown; context: { ctx: Ctx } }) => Promise<unknown>;

/** Turns a word's contract and its use cases into a router. */
export function bind<C extends Record<string, AnyContractProcedure>>(contract: C, useCases: UseCases<C>, deps: Deps) {
  const routes = Object.entries(contract).map(([name, procedure]) => {
    const useCase = useCases[name] as (deps: Deps, ctx: Ctx, input: unknown) => Promise<unknown>;
    const handle: Handled = ({ input, context }) => useCase(deps, context.ctx, input);
    return [
      name,
      implement(procedure)
        .$context<{ ctx: Ctx }>()
        .handler(handle as never),
    ];
  });
  return Object.fromEntries(routes) as Record<keyof C, unknown>;
}
