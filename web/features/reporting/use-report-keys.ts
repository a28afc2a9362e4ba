import { useEffect, useRef } from 'react';
import { useKeys } from '../../ui/use-keys.ts';

interface ReportKeys {
  /** Ctrl+Enter, also while one types. */
  sign: () => void;
  templates: () => void;
  nextBlank: () => void;
  goToText: () => void;
}

/** The keys of the report. Ctrl+Enter signs from anywhere, except where a dialog or another form takes it first. */
export function useReportKeys(keys: ReportKeys): void {
  const latest = useRef(keys);
  latest.current = keys;
  useKeys({ g: keys.goToText });
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing || event.repeat) return;
      if ((event.target as HTMLElement).closest?.('.ant-modal, .ant-drawer')) return;
      const isCtrl = event.ctrlKey || event.metaKey;
      const act =
        isCtrl && event.key === 'Enter'
          ? latest.current.sign
          : event.altKey && event.code === 'KeyT'
            ? latest.current.templates
            : event.code === 'F2'
              ? latest.current.nextBlank
              : undefined;
      if (!act) return;
      event.preventDefault();
      act();
    };
    document.addEventListener('keydown', pressed);
    return () => document.removeEventListener('keydown', pressed);
  }, []);
}
