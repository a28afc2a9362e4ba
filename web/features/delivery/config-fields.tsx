import { type DestinationKind, destinationConfig } from '@lianzhen/contracts/delivery.ts';
import { Input, InputNumber, Select } from 'antd';
import { z } from 'zod';
import { Field } from '../../ui/field.tsx';
import { useDeliveryText } from './texts.ts';
import { zh } from './texts-zh.ts';

type Config = Record<string, unknown>;
type Key = keyof typeof zh;

interface ConfigFieldsProps {
  kind: DestinationKind;
  config: Config;
  onChange: (config: Config) => void;
  /** Settings that the hub has refused. */
  refused: readonly string[];
}

/** What is inside a field's default and optional wrappers. */
function inner(schema: z.core.$ZodType): z.core.$ZodType {
  if (schema instanceof z.ZodDefault || schema instanceof z.ZodOptional) return inner(schema.unwrap());
  return schema;
}

/** The settings that a channel needs, read from its contract: a setting added there appears here. */
export function ConfigFields({ kind, config, onChange, refused }: ConfigFieldsProps) {
  const t = useDeliveryText();
  const fields = Object.entries<z.ZodType>(destinationConfig[kind].shape);
  if (!fields.length) return <p className="muted">{t('noSettings')}</p>;
  return fields.map(([name, schema]) => {
    const label = `config-${name}`;
    const isWrong = refused.includes(name) || (config[name] !== undefined && !schema.safeParse(config[name]).success);
    return (
      <Field
        key={name}
        label={label in zh ? t(label as Key) : name}
        required={!schema.safeParse(undefined).success}
        validateStatus={isWrong ? 'error' : ''}
        help={isWrong ? t('refused') : undefined}
      >
        <Setting
          schema={schema}
          value={config[name]}
          onChange={(value) => onChange({ ...config, [name]: value === '' || value === null ? undefined : value })}
        />
      </Field>
    );
  });
}

interface SettingProps {
  schema: z.ZodType;
  value: unknown;
  onChange: (value: unknown) => void;
  'aria-labelledby'?: string;
}

function Setting({ schema, value, onChange, 'aria-labelledby': label }: SettingProps) {
  const type = inner(schema);
  const preset = schema.safeParse(undefined).data;
  const placeholder = preset === undefined ? '' : String(preset);
  if (type instanceof z.ZodEnum)
    return (
      <Select
        aria-labelledby={label}
        placeholder={placeholder}
        value={typeof value === 'string' ? value : undefined}
        onChange={onChange}
        options={type.options.map((option) => ({ value: String(option), label: String(option) }))}
      />
    );
  if (type instanceof z.ZodNumber)
    return (
      <InputNumber<number>
        aria-labelledby={label}
        className="full"
        style={{ width: '100%' }}
        placeholder={placeholder}
        value={typeof value === 'number' ? value : null}
        onChange={onChange}
      />
    );
  return (
    <Input
      aria-labelledby={label}
      placeholder={placeholder}
      maxLength={500}
      value={typeof value === 'string' ? value : ''}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}
