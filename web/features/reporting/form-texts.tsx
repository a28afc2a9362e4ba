import { Button } from 'antd';
import { useState } from 'react';
import { type Body, type Missing, type TextKey, texts } from './report-body.ts';
import { TextField } from './text-field.tsx';
import { useReportingText } from './texts.ts';
import type { Fields } from './use-fields.ts';

interface FormTextsProps {
  body: Body;
  isReadOnly: boolean;
  missing: readonly Missing[];
  fields: Fields;
  onText: (name: TextKey, text: string) => void;
}

/** Findings, impression, and the advice that not every report has. */
export function FormTexts({ body, isReadOnly, missing, fields, onText }: FormTextsProps) {
  const t = useReportingText();
  const [hasAdvice, setHasAdvice] = useState(false);
  const isShown = (name: TextKey) => name !== 'advice' || hasAdvice || body.advice !== '';
  return (
    <>
      {texts.filter(isShown).map((name) => (
        <TextField
          key={name}
          name={name}
          value={body[name]}
          isReadOnly={isReadOnly}
          isMissing={name !== 'advice' && missing.includes(name)}
          fields={fields}
          onText={(text) => onText(name, text)}
        />
      ))}
      {!isShown('advice') && (
        <Button
          type="link"
          size="small"
          className="report-add"
          disabled={isReadOnly}
          onClick={() => setHasAdvice(true)}
          data-testid="add-advice"
        >
          + {t('addAdvice')}
        </Button>
      )}
    </>
  );
}
