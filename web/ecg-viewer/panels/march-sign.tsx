/** Equal steps: the sign of marching out an interval. */
export function MarchSign() {
  return (
    <svg width="1em" height="1em" viewBox="0 0 16 16" aria-hidden="true" stroke="currentColor" fill="none">
      <path d="M2 3v10M6 3v10M10 3v10M14 3v10M2 8h12" strokeWidth="1.3" />
    </svg>
  );
}
