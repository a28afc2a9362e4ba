import { ReportContent } from '@lianzhen/contracts/reporting.ts';
import { Prisma, type Tx } from '@lianzhen/db/client.ts';
import type { ReportFound } from './store.ts';
import * as store from './store.ts';

/** What the version in force says. */
export const signedContent = async (tx: Tx, { versions }: ReportFound): Promise<ReportContent> =>
  ReportContent.parse(await store.contentOf(tx, versions.at(-1)?.id ?? ''));

/** Its text, as it lies on the desk. */
export const deskText = (content: ReportContent) => {
  const { findings, impression, advice, positive, critical, criticalText, ecg } = content;
  return { findings, impression, advice, positive, critical, criticalText, ecg: ecg ?? Prisma.DbNull };
};
