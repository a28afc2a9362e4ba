import type { Sheet } from '@lianzhen/ecg/sheet/sheet.ts';
import { type ReactNode, useEffect, useState } from 'react';
import { createPortal } from 'react-dom';
import type { EcgDesk } from '../desk.ts';
import type { Measuring } from '../measuring/use-measuring.ts';
import { printSheet } from './print-sheet.ts';
import { SheetSvg } from './sheet-svg.tsx';

/**
 * Prints what the picture shows, from where it shows it, on A4 at true scale. The sheet stands in the page only while
 * it is printed.
 * @returns what has to be in the page, and the function that prints
 */
export function usePrint(desk: EcgDesk, measuring: Measuring): [ReactNode, () => void] {
  const [sheet, setSheet] = useState<Sheet | null>(null);
  useEffect(() => {
    if (!sheet) return;
    const done = () => setSheet(null);
    window.addEventListener('afterprint', done);
    window.print();
    return () => window.removeEventListener('afterprint', done);
  }, [sheet]);
  const page = sheet && (
    <div className="lze-print">
      <style>{`@page { size: ${sheet.widthMm}mm ${sheet.heightMm}mm; margin: 0; }`}</style>
      <SheetSvg sheet={sheet} />
    </div>
  );
  return [page && createPortal(page, document.body), () => setSheet(printSheet(desk, measuring.measurements))];
}
