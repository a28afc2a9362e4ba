import { useSyncExternalStore } from 'react';
import { useDesk } from '../desk/desk.ts';
import { choiceOf } from '../desk/places.ts';
import { seenPercent } from '../desk/seen.ts';
import type { ViewerSeries } from '../source/study-model.ts';
import { seriesDragType } from './drag-type.ts';
import { Thumbnail } from './thumbnail.tsx';

/** The series of a study: a picture of each, how much of it is here and how much of it has been seen. */
export function Thumbnails() {
  const { study, say } = useDesk();
  return (
    <nav className="lzv-series-list" aria-label={say('chooseSeries')}>
      {study.series.map((series) => (
        <SeriesCard key={series.seriesUid} series={series} />
      ))}
      {study.otherInstances > 0 && (
        <p className="lzv-others">{say('otherInstances', { count: study.otherInstances })}</p>
      )}
    </nav>
  );
}

function SeriesCard({ series }: { readonly series: ViewerSeries }) {
  const { say, store, state, dispatch, seen } = useDesk();
  useSyncExternalStore(store.subscribe, store.version);
  const first = series.images[0];
  const count = series.images.length;
  const loadedPercent = Math.floor((store.count(series.images) / Math.max(1, count)) * 100);
  const percent = seenPercent(seen, series);
  const isActive = state.viewports[state.active]?.seriesUid === series.seriesUid;
  const isOpen = state.viewports.some(({ seriesUid }) => seriesUid === series.seriesUid);
  const name =
    series.description ||
    (series.number === null ? say('unnamedSeries') : say('seriesNumber', { number: series.number }));
  const open = () => {
    if (first) dispatch({ type: 'open', tile: state.active, choice: choiceOf(first) });
  };
  return (
    <button
      type="button"
      className={['lzv-series', isActive ? 'lzv-series-active' : '', isOpen ? 'lzv-series-open' : '']
        .filter(Boolean)
        .join(' ')}
      draggable
      onDragStart={(event) => {
        event.dataTransfer.setData(seriesDragType, series.seriesUid);
        event.dataTransfer.effectAllowed = 'copy';
      }}
      onClick={isActive ? undefined : open}
      title={`${name} · ${say('seriesLoaded', { percent: loadedPercent })}`}
      data-testid="series"
      data-series={series.seriesUid}
      data-loaded={loadedPercent}
      data-seen={percent}
    >
      {first && <Thumbnail image={first} />}
      <span className="lzv-series-name">{name}</span>
      <span className="lzv-series-facts">
        <span>{say('imageCount', { count })}</span>
        <span className={percent === 100 ? 'lzv-seen-all' : undefined}>
          {percent === 100 ? '✓ 100%' : `${percent}%`}
        </span>
      </span>
      <i className="lzv-progress" style={{ width: `${loadedPercent}%` }} data-complete={loadedPercent === 100} />
    </button>
  );
}
