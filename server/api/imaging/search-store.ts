import { type Db, Prisma } from '@lianzhen/db/client.ts';
import type { ReadingScope } from '@lianzhen/db/scope.ts';
import { studyReadableSql } from './scope-sql.ts';
import type { Condition } from './search-condition.ts';
import { type Level, levels, returnedFields, type SearchField } from './search-fields.ts';

export interface Search {
  level: Level;
  conditions: Condition[];
  limit: number;
  offset: number;
  /** Also the whole attributes of each instance; at the instance level only. */
  withAttributes?: boolean;
}

/** One match: by tag what the columns hold, and what the answer needs besides. */
export interface Match {
  values: Map<string, unknown>;
  studyInstanceUid: string;
  seriesInstanceUid?: string;
  sopInstanceUid?: string;
  transferSyntaxUid?: string;
  attributes?: unknown;
}

const alias: Record<Level, string> = { study: 'st', series: 'se', instance: 'i' };
const columnOf = ({ level, column }: SearchField): Prisma.Sql => Prisma.raw(`${alias[level]}."${column}"`);

const order: Record<Level, Prisma.Sql> = {
  study: Prisma.sql`st."studyDate" DESC NULLS LAST, st."receivedAt" DESC, st."id"`,
  series: Prisma.sql`st."studyDate" DESC NULLS LAST, st."id", se."number" NULLS LAST, se."id"`,
  instance: Prisma.sql`st."studyDate" DESC NULLS LAST, st."id", se."number" NULLS LAST, se."id", i."number" NULLS LAST, i."id"`,
};

/** Studies, series or instances that match; nothing outside the scope, and nothing that is not indexed yet. */
export async function search(db: Pick<Db, '$queryRaw'>, scope: ReadingScope, wanted: Search): Promise<Match[]> {
  const { level, conditions, limit, offset } = wanted;
  const depth = levels.indexOf(level);
  const fields = returnedFields(level);
  const selected = fields.map((field) => Prisma.sql`${columnOf(field)} AS ${Prisma.raw(`"${field.tag}"`)}`);
  if (depth === 2) selected.push(Prisma.sql`i."transferSyntaxUid"`);
  if (depth === 2 && wanted.withAttributes) selected.push(Prisma.sql`i."attributes"`);
  const where = [studyReadableSql(scope), Prisma.sql`st."instanceCount" > 0`, ...conditions.map(conditionSql)];
  const rows = await db.$queryRaw<Array<Record<string, unknown>>>`
    SELECT ${Prisma.join(selected)} FROM "Study" st
    ${depth > 0 ? Prisma.sql`JOIN "Series" se ON se."studyId" = st."id"` : Prisma.empty}
    ${depth > 1 ? Prisma.sql`JOIN "Instance" i ON i."seriesId" = se."id"` : Prisma.empty}
    WHERE ${Prisma.join(where, ' AND ')} ORDER BY ${order[level]} LIMIT ${limit} OFFSET ${offset}`;
  return rows.map((row) => matchOf(row, fields));
}

function matchOf(row: Record<string, unknown>, fields: SearchField[]): Match {
  const text = (name: string) => (typeof row[name] === 'string' ? row[name] : undefined);
  return {
    values: new Map(fields.map(({ tag }) => [tag, row[tag]])),
    studyInstanceUid: text('0020000D') ?? '',
    seriesInstanceUid: text('0020000E'),
    sopInstanceUid: text('00080018'),
    transferSyntaxUid: text('transferSyntaxUid'),
    attributes: row.attributes,
  };
}

function conditionSql(condition: Condition): Prisma.Sql {
  const column = columnOf(condition.field);
  switch (condition.kind) {
    case 'equals':
    case 'number':
      return Prisma.sql`${column} = ${condition.value}`;
    case 'like':
      return Prisma.sql`${column} LIKE ${condition.pattern}`;
    case 'name':
      return Prisma.sql`(${Prisma.join(
        condition.patterns.map(
          (pattern) => Prisma.sql`EXISTS (SELECT 1 FROM jsonb_each_text(${column}) g WHERE g.value ILIKE ${pattern})`,
        ),
        ' AND ',
      )})`;
    case 'range': {
      const from = condition.from === undefined ? Prisma.sql`true` : Prisma.sql`${column} >= ${condition.from}`;
      const to = condition.to === undefined ? Prisma.sql`true` : Prisma.sql`${column} <= ${condition.to}`;
      return Prisma.sql`(${from} AND ${to} AND ${column} IS NOT NULL)`;
    }
    case 'oneOf':
      return Prisma.sql`${column} = ANY(${condition.values}::text[])`;
    case 'holds':
      return Prisma.sql`${column} && ${condition.values}::text[]`;
  }
}
