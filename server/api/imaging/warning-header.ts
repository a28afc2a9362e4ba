/** A client gives up where headers are long: the first reasons are told, the others counted. */
const most = 20;

/** The Warning header (RFC 7234 5.5): each reason once. */
export function warningHeader(reasons: readonly string[]): string {
  const each = [...new Set(reasons)];
  const told = each.slice(0, most);
  if (each.length > most) told.push(`${each.length - most} more`);
  return told.map((text) => `299 lianzhen "${text.replace(/["\\]/g, "'")}"`).join(', ');
}
