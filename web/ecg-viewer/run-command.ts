import { leadGrid } from '@lianzhen/ecg/sheet/layouts.ts';
import type { EcgDesk } from './desk.ts';
import type { EcgCommand } from './keys.ts';
import { nextFilter, nextNotch, stepGain } from './look.ts';
import type { EcgTool } from './state.ts';
import type { EcgAction } from './state-reducer.ts';
import { moveCaliper } from './tools/caliper.ts';

/** What only the open viewer itself can do. */
export interface EcgActs {
  readonly toggleHelp: () => void;
  readonly openCalibration: () => void;
  readonly save: () => void;
  readonly print: () => void;
  /** Milliseconds that the picture shows. */
  readonly shownMs: () => number;
}

/** Microvolts that a fine step moves a voltage caliper. */
const fineUv = 5;
const comparisons = ['over', 'beside', 'off'] as const;

/** Does what a key or a button asks for. */
export function runCommand(desk: EcgDesk, acts: EcgActs, command: EcgCommand): void {
  const { state, dispatch, clock, recording } = desk;
  const { look } = state;
  const change = (part: Extract<EcgAction, { kind: 'look' }>['change']) => dispatch({ kind: 'look', change: part });
  const show = (part: Extract<EcgAction, { kind: 'show' }>['change']) => dispatch({ kind: 'show', change: part });
  const page = acts.shownMs();
  const table: Record<EcgCommand, () => void> = {
    'time.back': () => nudge(desk, -1, 0) || clock.scrollBy(-1000),
    'time.ahead': () => nudge(desk, 1, 0) || clock.scrollBy(1000),
    'time.pageBack': () => clock.scrollBy(-page * 0.9),
    'time.pageAhead': () => clock.scrollBy(page * 0.9),
    'time.first': () => clock.scrollTo(0),
    'time.last': () => clock.scrollTo(recording.durationMs),
    'lead.previous': () => nudge(desk, 0, 1) || change({ lead: neighbour(desk, -1) }),
    'lead.next': () => nudge(desk, 0, -1) || change({ lead: neighbour(desk, 1) }),
    'lead.magnify': () => change({ isMagnified: !look.isMagnified }),
    'lead.rhythm': () => change({ rhythm: look.lead }),
    'layout.3x4+rhythm': () => change({ layout: '3x4+rhythm', isMagnified: false }),
    'layout.6x2': () => change({ layout: '6x2', isMagnified: false }),
    'layout.12x1': () => change({ layout: '12x1', isMagnified: false }),
    'order.toggle': () => change({ order: look.order === 'cabrera' ? 'standard' : 'cabrera' }),
    'speed.toggle': () => change({ speed: look.speed === 25 ? 50 : 25 }),
    'gain.more': () => change({ gain: stepGain(look.gain, 1) }),
    'gain.less': () => change({ gain: stepGain(look.gain, -1) }),
    'filter.next': () => change({ filter: nextFilter(look.filter) }),
    'notch.next': () => change({ filter: nextNotch(look.filter) }),
    'zoom.in': () => change({ zoom: look.zoom * 1.25 }),
    'zoom.out': () => change({ zoom: look.zoom / 1.25 }),
    'zoom.true': () => change({ zoom: 1, isMagnified: false }),
    'zoom.calibrate': acts.openCalibration,
    ...toolCommands(dispatch),
    'caliper.end': () => {
      const { selected } = state;
      const next = selected?.end === 'to' ? 'from' : 'to';
      if (selected) dispatch({ kind: 'select', id: selected.id, end: next });
    },
    'caliper.fineLess': () => void nudge(desk, -10, -10),
    'caliper.fineMore': () => void nudge(desk, 10, 10),
    'caliper.remove': () => dispatch({ kind: 'remove' }),
    'caliper.undo': () => dispatch({ kind: 'undo' }),
    'caliper.redo': () => dispatch({ kind: 'redo' }),
    'caliper.leave': () => {
      if (state.selected) dispatch({ kind: 'select', id: null });
      else if (look.isMagnified) change({ isMagnified: false });
      else dispatch({ kind: 'tool', tool: 'pan' });
    },
    'panel.toggle': () => show({ isPanelOpen: !state.isPanelOpen }),
    'panel.numbers': () => show({ isPanelOpen: true, page: 'numbers' }),
    'panel.leads': () => show({ isPanelOpen: true, page: 'leads' }),
    'panel.compare': () => show({ isPanelOpen: true, page: 'compare' }),
    'compare.next': () => {
      const next = comparisons[(comparisons.indexOf(state.comparison) + 1) % comparisons.length] ?? 'off';
      if (desk.traits.canCompare) show({ comparison: next, page: 'compare', isPanelOpen: true });
    },
    save: acts.save,
    print: acts.print,
    'follow.toggle': () => desk.company?.onToggleFollow(),
    'help.toggle': acts.toggleHelp,
  };
  table[command]();
}

function toolCommands(dispatch: EcgDesk['dispatch']): Record<`tool.${EcgTool}`, () => void> {
  const take = (tool: EcgTool) => () => dispatch({ kind: 'tool', tool });
  return {
    'tool.pan': take('pan'),
    'tool.time': take('time'),
    'tool.voltage': take('voltage'),
    'tool.march': take('march'),
  };
}

/** Moves the chosen caliper by fine steps: samples in time, a few microvolts in voltage. False when none is chosen. */
function nudge({ state, dispatch, recording }: EcgDesk, steps: number, stepsUp: number): boolean {
  const { selected } = state;
  const caliper = state.calipers.find(({ id }) => id === selected?.id);
  if (!selected || !caliper) return false;
  const isVoltage = caliper.kind === 'voltage';
  const byMs = isVoltage && stepsUp !== 0 ? 0 : (steps * 1000) / recording.samplingFrequency;
  const moved = moveCaliper(caliper, selected.end, byMs, isVoltage ? stepsUp * fineUv : 0);
  dispatch({ kind: 'move', caliper: moved, isOneStroke: false });
  return true;
}

/** The lead before or after the chosen one, in the order of the layout. */
function neighbour({ state, recording }: EcgDesk, step: 1 | -1): string {
  const { look } = state;
  const codes = recording.leads.map(({ code }) => code);
  const { columns } = leadGrid(codes, look.layout, look.order);
  const all = columns.flat().map((code) => (code === '-aVR' && !codes.includes(code) ? 'aVR' : code));
  const at = all.indexOf(look.lead);
  return all[(at + step + all.length) % all.length] ?? look.lead;
}
