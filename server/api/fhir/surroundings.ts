/** A resource and where it stands. */
export interface Standing {
  value: { resourceType: string; id?: unknown } & Record<string, unknown>;
  path: string;
}
/** What a request may refer to besides the hub's own resources: what it contains and what came in its Bundle. */
export interface Surroundings {
  find(reference: string): Standing | undefined;
  ofType(type: string): Standing[];
}

/** @param contained resources known by `#id` */
export function surroundings(
  contained: ReadonlyArray<Standing['value']>,
  path: string,
  bundle: ReadonlyArray<Standing & { fullUrl?: string | undefined }> = [],
): Surroundings {
  const own = contained.map((value, at) => ({ value, path: `${path}.contained[${at}]` }));
  return {
    find: (reference) =>
      reference.startsWith('#')
        ? own.find(({ value }) => value.id === reference.slice(1))
        : bundle.find((one) => isReferredTo(one, reference)),
    ofType: (type) => [...own, ...bundle].filter(({ value }) => value.resourceType === type),
  };
}

/** By its full address, or by type and id relative to that. */
function isReferredTo({ fullUrl, value }: Standing & { fullUrl?: string | undefined }, reference: string): boolean {
  if (fullUrl === reference) return true;
  const isRelative = /^[A-Z][A-Za-z]+\/[A-Za-z0-9.-]{1,64}$/.test(reference);
  return isRelative && (`${value.resourceType}/${value.id}` === reference || (fullUrl ?? '').endsWith(`/${reference}`));
}
