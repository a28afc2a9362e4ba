import type { ReactNode } from 'react';

/** Signs that the icon set does not have, drawn in the same weight. */
function Sign({ children }: { readonly children: ReactNode }) {
  return (
    <svg
      className="lzv-icon"
      viewBox="0 0 24 24"
      width="1.15em"
      height="1.15em"
      fill="none"
      stroke="currentColor"
      strokeWidth="2"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      {children}
    </svg>
  );
}

export const WindowSign = () => (
  <Sign>
    <circle cx="12" cy="12" r="9" />
    <path d="M12 3a9 9 0 0 1 0 18z" fill="currentColor" />
  </Sign>
);

export const LeafSign = () => (
  <Sign>
    <rect x="5" y="8" width="14" height="8" />
    <path d="M8 4h8M8 20h8" />
  </Sign>
);

export const LengthSign = () => (
  <Sign>
    <path d="M4 20 20 4M2 18l4 4M18 2l4 4M9 12l2 2M12 9l2 2" />
  </Sign>
);

export const LinesSign = () => (
  <Sign>
    <rect x="4" y="4" width="16" height="16" />
    <path d="M1 14 23 9" />
  </Sign>
);

export const AngleSign = () => (
  <Sign>
    <path d="M20 20H4L17 5M13 20a9 9 0 0 0-3-7" />
  </Sign>
);

export const EllipseSign = () => (
  <Sign>
    <ellipse cx="12" cy="12" rx="10" ry="7" />
  </Sign>
);

export const RectangleSign = () => (
  <Sign>
    <rect x="3" y="6" width="18" height="12" />
  </Sign>
);

export const PointSign = () => (
  <Sign>
    <circle cx="12" cy="12" r="8" />
    <circle cx="12" cy="12" r="1.5" fill="currentColor" />
  </Sign>
);

export const ArrowSign = () => (
  <Sign>
    <path d="M20 20 4 4M4 12V4h8" />
  </Sign>
);

export const FreehandSign = () => (
  <Sign>
    <path d="M3 17c3-9 6-11 8-9s-3 9 0 10 4-7 7-8 3 2 3 4" />
  </Sign>
);

export const InvertSign = () => (
  <Sign>
    <rect x="4" y="4" width="16" height="16" />
    <path d="M4 20V4h16z" fill="currentColor" />
  </Sign>
);

export const FlipSign = () => (
  <Sign>
    <path d="M12 3v18M9 7v10H3zM15 7v10h6z" />
  </Sign>
);

export const FitSign = () => (
  <Sign>
    <path d="M4 9V4h5M20 9V4h-5M4 15v5h5M20 15v5h-5" />
    <rect x="9" y="9" width="6" height="6" />
  </Sign>
);

export const LayoutSign = ({ columns, rows }: { readonly columns: number; readonly rows: number }) => (
  <Sign>
    <rect x="3" y="4" width="18" height="16" />
    {columns > 1 && <path d="M12 4v16" />}
    {rows > 1 && <path d="M3 12h18" />}
  </Sign>
);
