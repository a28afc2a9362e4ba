/** Gives the keys back to the page: a list that was just chosen from would go on taking them. */
export function leaveField(): void {
  if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
}
