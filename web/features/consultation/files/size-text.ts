/** "340 KB", "1.2 MB": as file managers say it, in steps of 1024. */
export function sizeText(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  const kilo = bytes / 1024;
  if (kilo < 1023.5) return `${Math.round(kilo)} KB`;
  const mega = kilo / 1024;
  return `${mega < 9.95 ? mega.toFixed(1) : Math.round(mega)} MB`;
}
