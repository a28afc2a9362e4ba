import type { ViewerCommand } from '../keys.ts';
import { fitScale, zoomAt } from '../measure/view-transform.ts';
import type { Tool } from '../modes.ts';
import { emptyViewport, type Layout, type Look, type ViewportState } from '../state.ts';
import type { FrameChoice } from '../state-reducer.ts';
import { presetList } from '../voi/preset-list.ts';
import type { Desk } from './desk.ts';
import { choiceOf, imageOf, leafBy, leafTo, neighbourSeries } from './places.ts';
import { rateOf } from './use-cine.ts';
import type { Toggles } from './use-switches.ts';

/** Switches that only this page knows. */
export interface DeskSwitches extends Toggles {
  readonly toggleHelp: () => void;
}

const bigStep = 10;
const zoomStep = 1.25;

/** Does what a key or a button asks for, on the active tile. Commands that make no sense now do nothing. */
export function runCommand(desk: Desk, switches: DeskSwitches, command: ViewerCommand): void {
  const [family, what = ''] = command.split('.');
  if (family === 'image') leafCommand(desk, what);
  else if (family === 'series') openNeighbour(desk, what === 'next' ? 1 : -1);
  else if (family === 'tool') chooseTool(desk, what as Tool);
  else if (family === 'preset') choosePreset(desk, Number(what));
  else if (family === 'layout') changeLayout(desk, what as Layout);
  else if (family === 'view') viewCommand(desk, what);
  else if (family === 'measurement') measurementCommand(desk, what);
  else otherCommand(desk, switches, command);
}

function otherCommand(desk: Desk, switches: DeskSwitches, command: ViewerCommand): void {
  if (command === 'tile.next')
    desk.dispatch({ type: 'activate', tile: (activeTile(desk) + 1) % desk.latest().viewports.length });
  else if (command === 'cine.toggle' && !desk.company?.isFollowing)
    desk.setCineRate(desk.cineRate === null ? rateOf(activePlace(desk)) : null);
  else if (command === 'overlay.toggle') switches.toggleText();
  else if (command === 'follow.toggle') desk.company?.onToggleFollow();
  else if (command === 'help.toggle') switches.toggleHelp();
  else if (command === 'sync.toggle' && desk.traits.hasSync) switches.toggleSync();
  else if (command === 'lines.toggle') switches.toggleLines();
}

const activeTile = (desk: Desk) => desk.latest().active;

const activePlace = (desk: Desk) => desk.latestPlace(activeTile(desk));

const activeViewport = (desk: Desk): ViewportState => desk.latest().viewports[activeTile(desk)] ?? emptyViewport;

function leafCommand(desk: Desk, what: string): void {
  const place = activePlace(desk);
  if (!place) return;
  const last = place.series.images.length - 1;
  const targets: Record<string, FrameChoice | null> = {
    next: leafBy(place, 1),
    previous: leafBy(place, -1),
    ahead: leafBy(place, bigStep),
    back: leafBy(place, -bigStep),
    first: leafTo(place, 0),
    last: leafTo(place, last),
  };
  const choice = targets[what];
  if (choice) desk.leaf(activeTile(desk), choice);
}

function openNeighbour(desk: Desk, step: 1 | -1): void {
  const choice = neighbourSeries(desk.study, activePlace(desk), step);
  if (choice) desk.dispatch({ type: 'open', tile: activeTile(desk), choice });
}

function chooseTool(desk: Desk, tool: Tool): void {
  if (desk.traits.tools.includes(tool)) desk.setTool(tool);
}

function choosePreset(desk: Desk, number: number): void {
  const header = imageOf(activePlace(desk))?.header;
  const preset = header && presetList(header)[number - 1];
  if (preset) changeLook(desk, preset.look);
}

/** Tiles that are new take the series that are not on screen yet, in order. */
function changeLayout(desk: Desk, layout: Layout): void {
  if (!desk.traits.hasLayouts) return;
  const fill = desk.study.series.flatMap(({ images }) => (images[0] ? [choiceOf(images[0])] : []));
  desk.dispatch({ type: 'layout', layout, fill });
}

function changeLook(desk: Desk, look: Partial<Look>): void {
  desk.dispatch({ type: 'look', tile: activeTile(desk), look });
}

function viewCommand(desk: Desk, what: string): void {
  const viewport = activeViewport(desk);
  const frame = desk.frames.get(activeTile(desk));
  const middle = { x: (frame?.width ?? 0) / 2, y: (frame?.height ?? 0) / 2 };
  const turned = (by: number) => ({ rotation: (viewport.rotation + by + 360) % 360 });
  if (what === 'reset') desk.dispatch({ type: 'reset', tile: activeTile(desk) });
  else if (what === 'rotateRight') changeLook(desk, turned(90));
  else if (what === 'rotateLeft') changeLook(desk, turned(-90));
  else if (what === 'hflip') changeLook(desk, flipped(viewport, 'hflip'));
  else if (what === 'vflip') changeLook(desk, flipped(viewport, 'vflip'));
  else if (what === 'invert') changeLook(desk, { invert: !viewport.invert });
  else if (what === 'fit') changeLook(desk, { scale: 1, translation: { x: 0, y: 0 } });
  else if (frame && what === 'actual') changeLook(desk, { scale: 1 / fitScale(frame, viewport.rotation) });
  else if (frame && what === 'zoomIn') changeLook(desk, zoomAt(frame, viewport, zoomStep, middle));
  else if (frame && what === 'zoomOut') changeLook(desk, zoomAt(frame, viewport, 1 / zoomStep, middle));
}

/** Left and right of the screen are meant, whichever way the picture is turned; its own flips come before the turn. */
function flipped(viewport: ViewportState, axis: 'hflip' | 'vflip'): Partial<Look> {
  const isOnItsSide = viewport.rotation % 180 !== 0;
  const own = isOnItsSide ? (axis === 'hflip' ? 'vflip' : 'hflip') : axis;
  return { [own]: !viewport[own] };
}

function measurementCommand(desk: Desk, what: string): void {
  if (what === 'undo' || what === 'redo') desk.changeBook({ type: what });
  else if (desk.selected !== null) {
    const isOther = desk.company?.marks.some(({ mark }) => mark.id === desk.selected);
    if (isOther) desk.company?.onRemoveOther?.(desk.selected);
    else desk.changeBook({ type: 'remove', id: desk.selected });
    desk.select(null);
  }
}
