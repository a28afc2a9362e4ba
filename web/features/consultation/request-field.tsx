import { Form } from 'antd';
import { cloneElement, type ReactElement, useId } from 'react';
import { anchorOf, type RequestField as Name } from './request-draft.ts';
import { useConsultationText } from './texts.ts';

interface RequestFieldProps {
  field: Name;
  label?: string;
  missing: readonly string[];
  className?: string;
  children: ReactElement<{ 'aria-labelledby'?: string }>;
}

/** A labelled field that has to be filled; once sending was tried, it says so where it is empty. */
export function RequestField({ field, label, missing, className, children }: RequestFieldProps) {
  const t = useConsultationText();
  const id = useId();
  const isMissing = missing.includes(field);
  return (
    <div id={anchorOf(field)}>
      <Form.Item
        className={className}
        label={label && <span id={id}>{label}</span>}
        required={Boolean(label)}
        validateStatus={isMissing ? 'error' : ''}
        help={isMissing && t('need')}
      >
        {label ? cloneElement(children, { 'aria-labelledby': id }) : children}
      </Form.Item>
    </div>
  );
}

/** Brings a field into sight and puts the cursor there. */
export function goTo(field: Name): void {
  const place = document.getElementById(anchorOf(field));
  place?.scrollIntoView({ block: 'center' });
  place
    ?.querySelector<HTMLElement>('input:not([type=hidden]),textarea,button,[tabindex]')
    ?.focus({ preventScroll: true });
}
