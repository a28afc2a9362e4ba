import { useQuery } from '@tanstack/react-query';
import { ask } from '../../api/queries.ts';
import { Loaded } from '../../ui/loaded.tsx';
import { diffText } from './diff-text.ts';
import { type TextKey, texts } from './report-body.ts';
import { useReportingText } from './texts.ts';

type Texts = Readonly<Record<TextKey, string>>;

/** What has changed since a text that is named, clause by clause; what is taken out is struck, what is new underlined. */
export function Changes({ title, before, after }: { title: string; before: Texts; after: Texts }) {
  const t = useReportingText();
  const changed = texts.filter((key) => before[key].trim() !== after[key].trim());
  return (
    <section className="report-changes" data-testid="changes">
      <h2>{title}</h2>
      {changed.length === 0 && <p className="muted">{t('changesNone')}</p>}
      {changed.map((key) => (
        <div key={key}>
          <span className="report-label">{t(key)}</span>
          <p className="keep-lines">
            {diffText(before[key], after[key]).map((piece, at) => {
              const text = piece.text;
              // biome-ignore-start lint/suspicious/noArrayIndexKey: the pieces are made anew from both texts each time.
              if (piece.kind === 'removed') return <del key={at}>{text}</del>;
              if (piece.kind === 'added') return <ins key={at}>{text}</ins>;
              return <span key={at}>{text}</span>;
              // biome-ignore-end lint/suspicious/noArrayIndexKey: see above.
            })}
          </p>
        </div>
      ))}
    </section>
  );
}

/** The same against a version that was signed. */
export function ChangesFromVersion({ versionId, after }: { versionId: string; after: Texts }) {
  const t = useReportingText();
  const version = useQuery(ask('reporting', 'version', { id: versionId }));
  return (
    <Loaded query={version} rows={2}>
      {(signed) => (
        <Changes title={t('changesFromVersion', { n: signed.number })} before={signed.content} after={after} />
      )}
    </Loaded>
  );
}
