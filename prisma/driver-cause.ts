export interface DriverCause {
  kind?: string;
  /** SQLSTATE */
  originalCode?: string;
}

/**
 * What the driver below Prisma said of a failure: within Prisma's own error, or in the driver's, which comes as it is
 * where the connection was lost at the end of a transaction.
 */
export function driverCause(failure: unknown): DriverCause {
  const { meta, cause } = (failure ?? {}) as {
    meta?: { driverAdapterError?: { cause?: DriverCause } };
    cause?: DriverCause | null;
  };
  const { kind, originalCode } = meta?.driverAdapterError?.cause ?? cause ?? {};
  return { kind, originalCode };
}
