import { Form, type FormItemProps } from 'antd';
import { cloneElement, type ReactElement, type ReactNode, useId } from 'react';

interface FieldProps extends Omit<FormItemProps, 'label' | 'children'> {
  label: ReactNode;
  /** One input; it is told by whom it is named, for those who hear the page. */
  children: ReactElement<{ 'aria-labelledby'?: string }>;
}

/** An input with its label above it. */
export function Field({ label, children, ...item }: FieldProps) {
  const id = useId();
  return (
    <Form.Item {...item} label={<span id={id}>{label}</span>}>
      {cloneElement(children, { 'aria-labelledby': id })}
    </Form.Item>
  );
}
