/** What a dragged series thumbnail carries, so that a tile takes nothing else. */
export const seriesDragType = 'application/x-lianzhen-series';
