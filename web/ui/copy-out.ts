/**
 * Puts text into the clipboard. Pages that come over plain HTTP, as in many hospitals, have no clipboard to ask; there the
 * text is selected in a field that is gone again before anybody sees it.
 * @returns whether it is there
 */
export async function copyOut(text: string): Promise<boolean> {
  if ('clipboard' in navigator)
    return navigator.clipboard.writeText(text).then(
      () => true,
      () => selectAndCopy(text),
    );
  return selectAndCopy(text);
}

function selectAndCopy(text: string): boolean {
  const before = document.activeElement;
  const field = document.createElement('textarea');
  field.value = text;
  // On the screen, or phones scroll to it; not to be seen.
  field.style.cssText = 'position:fixed;top:0;opacity:0';
  document.body.append(field);
  field.select();
  const isCopied = document.execCommand('copy');
  field.remove();
  if (before instanceof HTMLElement) before.focus();
  return isCopied;
}
