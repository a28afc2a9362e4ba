import type { KeyboardEvent } from 'react';
import { cleanText, longest, type TextKey } from './report-body.ts';
import { useReportingText } from './texts.ts';
import type { Fields } from './use-fields.ts';

interface TextFieldProps {
  name: TextKey;
  value: string;
  isReadOnly: boolean;
  isMissing: boolean;
  fields: Fields;
  onText: (text: string) => void;
}

/** One text of the report. Esc leaves it, so that the keys go to the images again. */
export function TextField({ name, value, isReadOnly, isMissing, fields, onText }: TextFieldProps) {
  const t = useReportingText();
  const leave = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.key === 'Escape' && !event.nativeEvent.isComposing) event.currentTarget.blur();
  };
  return (
    <label className={`report-field report-${name}`}>
      <span className="report-label">{t(name)}</span>
      <textarea
        ref={fields.ref(name)}
        className={isMissing ? 'report-text report-missing' : 'report-text'}
        value={value}
        readOnly={isReadOnly}
        maxLength={longest[name]}
        spellCheck={false}
        aria-invalid={isMissing}
        rows={name === 'advice' ? 2 : 4}
        onChange={(event) => onText(cleanText(event.target.value))}
        onFocus={() => fields.visit(name)}
        onKeyDown={leave}
        data-testid={name}
      />
      {isMissing && name !== 'advice' && <span className="field-error">{t(`need-${name}`)}</span>}
    </label>
  );
}
