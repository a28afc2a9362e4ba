import { HubError } from '@lianzhen/contracts/errors.ts';
import { z } from 'zod';

/**
 * The parts of FHIR R4 resources that an order is made of. Whatever else a resource holds is let pass, but for what
 * changes its meaning (http://hl7.org/fhir/R4/extensibility.html#modifierExtension).
 */
const text = (max = 4000) => z.string().max(max).optional();
const Coding = z.object({ system: text(500), code: text(200), display: text(500) });
const listOf = <T extends z.ZodType>(item: T, max = 20) => z.array(item).max(max).default([]);
export const Concept = z.object({ coding: listOf(Coding), text: text() });
export type Concept = z.infer<typeof Concept>;
export const Identifier = z.object({
  type: Concept.optional(),
  system: text(500),
  value: text(200),
  assigner: z.object({ display: text(200) }).optional(),
});
export type Identifier = z.infer<typeof Identifier>;
const Reference = z.object({ reference: text(1000), identifier: Identifier.optional(), display: text(200) });
export type Reference = z.infer<typeof Reference>;
const Extension = z.object({
  url: z.string().max(500),
  valueCode: text(200),
  valueString: text(),
  valueCodeableConcept: Concept.optional(),
});
const resource = { id: text(64), modifierExtension: z.never('no modifier extension is known here').optional() };
const Name = z.object({ text: text(200), family: text(200), given: listOf(z.string().max(200)) });

export const Patient = z.object({
  ...resource,
  resourceType: z.literal('Patient'),
  identifier: listOf(Identifier),
  name: listOf(Name),
  gender: z.enum(['male', 'female', 'other', 'unknown']).optional(),
  birthDate: text(40),
  telecom: listOf(z.object({ system: text(40), value: text(200) })),
  address: listOf(z.object({ text: text(500), line: listOf(z.string().max(200)), city: text(100), state: text(100) })),
});
export const RelatedPerson = z.object({
  ...resource,
  resourceType: z.literal('RelatedPerson'),
  name: listOf(Name),
  relationship: listOf(Concept),
});
export const Consent = z.object({
  ...resource,
  resourceType: z.literal('Consent'),
  status: text(40),
  extension: listOf(Extension),
  patient: Reference.optional(),
  dateTime: text(40),
  performer: listOf(Reference),
  sourceAttachment: z.looseObject({}).optional(),
  sourceReference: Reference.optional(),
});
export const Encounter = z.object({
  ...resource,
  resourceType: z.literal('Encounter'),
  identifier: listOf(Identifier),
});
export const ServiceRequest = z.object({
  ...resource,
  resourceType: z.literal('ServiceRequest'),
  contained: listOf(z.looseObject({ resourceType: z.string().max(60) })),
  extension: listOf(Extension),
  identifier: listOf(Identifier),
  status: text(40),
  intent: text(40),
  priority: text(40),
  doNotPerform: z.boolean().optional(),
  code: Concept.optional(),
  subject: Reference.optional(),
  encounter: Reference.optional(),
  requester: Reference.optional(),
  performer: listOf(Reference),
  reasonCode: listOf(Concept),
  bodySite: listOf(Concept),
  supportingInfo: listOf(Reference),
  note: listOf(z.object({ text: z.string().max(8000) })),
});
export type ServiceRequest = z.infer<typeof ServiceRequest>;

const maxEntries = 50;
export const Bundle = z.object({
  resourceType: z.literal('Bundle'),
  type: z.enum(['transaction', 'batch']),
  entry: z
    .array(
      z.object({
        fullUrl: text(1000),
        resource: z.looseObject({ resourceType: z.string().max(60) }),
        request: z.object({ method: z.string().max(10), url: z.string().max(1000), ifNoneExist: text(1000) }),
      }),
    )
    .min(1)
    .max(maxEntries),
});
export type Bundle = z.infer<typeof Bundle>;

/**
 * A resource in its shape.
 * @param path where it stands, `Bundle.entry[1].resource`
 * @throws `bad-input` whose fields are FHIRPath
 */
export function inShape<T extends z.ZodType>(schema: T, value: unknown, path: string): z.infer<T> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const fields = parsed.error.issues.slice(0, 50).map((issue) => ({
    field: path + issue.path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`)).join(''),
    expected: issue.message,
  }));
  throw new HubError('bad-input', { fields });
}
