import { type LayoutOptions, reportLayout, type Section } from '@lianzhen/contracts/report-layout.ts';
import type { ReportContent } from '@lianzhen/contracts/reporting.ts';
import type { Narrative } from './fhir-types.ts';

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escaped = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => entities[character] ?? '').replaceAll('\n', '<br/>');

/** The whole report as XHTML for a receiver that shows nothing else; the same blocks as the screen and the PDF. */
export function narrativeOf(content: ReportContent, options: LayoutOptions): Narrative {
  const layout = reportLayout(content, 'zh', options);
  const head = [layout.facility, layout.title, layout.mark, ...layout.notices].filter(Boolean);
  const body = head.map((line) => `<p>${escaped(line)}</p>`).join('') + layout.sections.map(block).join('');
  return { status: 'generated', div: `<div xmlns="http://www.w3.org/1999/xhtml" lang="zh-CN">${body}</div>` };
}

function block(section: Section): string {
  const title = `<h3>${escaped(section.title)}</h3>`;
  if (section.kind === 'text') return `${title}<p>${escaped(section.text)}</p>`;
  const rows = section.facts.map(({ label, value }) => `<tr><th>${escaped(label)}</th><td>${escaped(value)}</td></tr>`);
  return `${title}<table><tbody>${rows.join('')}</tbody></table>`;
}
