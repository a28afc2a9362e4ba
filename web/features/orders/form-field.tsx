import { Form } from 'antd';
import { cloneElement, type ReactElement, type ReactNode, useId } from 'react';
import type { DraftField } from './draft.ts';
import { type OrdersKey, useOrdersText } from './texts.ts';

export type Marks = ReadonlyMap<DraftField, 'missing' | 'refused'>;

/** Where the form's fields are found again by the summary at the button. */
export const anchorOf = (field: DraftField): string => `order-field-${field === 'sides' ? 'exams' : field}`;

interface FormFieldProps {
  field: DraftField;
  label?: ReactNode;
  isOptional?: boolean;
  marks: Marks;
  children: ReactElement<{ 'aria-labelledby'?: string }>;
  className?: string;
}

/** A labelled field; once sending was tried, what is wrong with it stands under it. */
export function FormField({ field, label, isOptional, marks, children, className }: FormFieldProps) {
  const t = useOrdersText();
  const id = useId();
  const mark = marks.get(field);
  return (
    <div id={anchorOf(field)}>
      <Form.Item
        className={className}
        label={label && <span id={id}>{label}</span>}
        required={Boolean(label) && !isOptional}
        validateStatus={mark ? 'error' : ''}
        help={mark && t(`${mark === 'missing' ? 'need' : 'refused'}-${field}` as OrdersKey)}
      >
        {cloneElement(children, { 'aria-labelledby': id })}
      </Form.Item>
    </div>
  );
}

/** Brings a field into sight and puts the cursor there. */
export function goTo(field: DraftField): void {
  const place = document.getElementById(anchorOf(field));
  place?.scrollIntoView({ block: 'center' });
  place
    ?.querySelector<HTMLElement>('input:not([type=hidden]),textarea,button,[tabindex]')
    ?.focus({ preventScroll: true });
}
