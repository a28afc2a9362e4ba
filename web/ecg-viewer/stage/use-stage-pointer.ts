import type { Caliper } from '@lianzhen/contracts/ecg.ts';
import { cellAt, pointIn, recordedLead, type TracePoint } from '@lianzhen/ecg/sheet/places.ts';
import { type PointerEvent, useRef } from 'react';
import { useEcgDesk } from '../desk.ts';
import type { CaliperEnd } from '../state.ts';
import { caliperBetween, moveCaliper } from '../tools/caliper.ts';
import { caliperAt } from '../tools/caliper-at.ts';
import { caliperId } from '../tools/caliper-id.ts';
import type { ScreenPlan } from './screen-plan.ts';

/** What the pointer that is down does. */
type Stroke =
  | { readonly kind: 'pan'; readonly fromMs: number; readonly xPx: number; hasMoved: boolean }
  | { readonly kind: 'draw'; readonly id: string; readonly from: TracePoint; hasMoved: boolean }
  | {
      readonly kind: 'drag';
      readonly caliper: Caliper;
      readonly end: CaliperEnd;
      readonly from: TracePoint;
      hasMoved: boolean;
    };

interface Place {
  readonly xPx: number;
  readonly xMm: number;
  readonly yMm: number;
}

/** Mouse, pen and finger on the picture: lay and move calipers, scroll, choose a lead, zoom with two fingers. */
export function useStagePointer(screen: ScreenPlan | null) {
  const desk = useEcgDesk();
  const { state, dispatch, clock } = desk;
  const stroke = useRef<Stroke | null>(null);
  const fingers = useRef(new Map<number, number>()).current;
  const pinch = useRef<{ distance: number; zoom: number } | null>(null);

  const placeOf = (event: PointerEvent): Place => {
    const { left, top } = event.currentTarget.getBoundingClientRect();
    const scale = screen?.pxPerMm ?? 1;
    return { xPx: event.clientX, xMm: (event.clientX - left) / scale, yMm: (event.clientY - top) / scale };
  };

  /** Tells the others where on the trace the pointer is; a finger only while it lies on it. */
  const point = (event: PointerEvent): void => {
    if (!desk.company || !screen) return;
    const { xMm, yMm } = placeOf(event);
    const cell = cellAt(screen.plan, xMm, yMm);
    desk.company.onPoint(cell ? pointIn(screen.plan, cell, xMm, yMm, clock.startMs) : null);
  };

  const begin = (event: PointerEvent): void => {
    if (!screen || (event.pointerType === 'mouse' && event.button !== 0)) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    fingers.set(event.pointerId, event.clientX);
    if (fingers.size === 2) {
      stroke.current = null;
      pinch.current = { distance: spread(fingers), zoom: state.look.zoom };
      return;
    }
    const place = placeOf(event);
    const cell = cellAt(screen.plan, place.xMm, place.yMm);
    const reachMm = (event.pointerType === 'mouse' ? 7 : 18) / screen.pxPerMm;
    const hit = caliperAt(screen.plan, state.calipers, { ...place, startMs: clock.startMs, reachMm });
    const caliper = state.calipers.find(({ id }) => id === hit?.id);
    if (cell && hit && caliper) {
      const from = pointIn(screen.plan, cell, place.xMm, place.yMm, clock.startMs);
      dispatch({ kind: 'select', id: hit.id, end: hit.end });
      stroke.current = { kind: 'drag', caliper, end: hit.end, from, hasMoved: false };
    } else if (cell && state.tool !== 'pan') {
      const from = pointIn(screen.plan, cell, place.xMm, place.yMm, clock.startMs);
      stroke.current = { kind: 'draw', id: caliperId(), from, hasMoved: false };
    } else {
      stroke.current = { kind: 'pan', fromMs: clock.startMs, xPx: place.xPx, hasMoved: false };
    }
  };

  const move = (event: PointerEvent): void => {
    if (!screen) return;
    point(event);
    if (fingers.has(event.pointerId)) fingers.set(event.pointerId, event.clientX);
    if (pinch.current && fingers.size === 2) {
      const ratio = spread(fingers) / Math.max(1, pinch.current.distance);
      dispatch({ kind: 'look', change: { zoom: Math.round(pinch.current.zoom * ratio * 100) / 100 } });
      return;
    }
    const now = stroke.current;
    if (!now) return;
    const place = placeOf(event);
    if (now.kind === 'pan') {
      const px = place.xPx - now.xPx;
      if (Math.abs(px) > 3) now.hasMoved = true;
      if (now.hasMoved) clock.scrollTo(now.fromMs - px / (screen.pxPerMm * screen.plan.mmPerMs));
      return;
    }
    const cell = screen.plan.cells.find((one) => recordedLead(one) === now.from.lead);
    const under = cellAt(screen.plan, place.xMm, place.yMm);
    const inTime = under ?? cell;
    if (!cell || !inTime) return;
    // Time is read where the pointer is, voltage in the lead in which the caliper began.
    const { ms } = pointIn(screen.plan, inTime, place.xMm, place.yMm, clock.startMs);
    const { uv } = pointIn(screen.plan, cell, place.xMm, place.yMm, clock.startMs);
    if (now.kind === 'draw') {
      const made = caliperBetween(now.id, state.tool === 'pan' ? 'time' : state.tool, now.from, {
        ...now.from,
        ms,
        uv,
      });
      if (now.hasMoved) dispatch({ kind: 'move', caliper: made, isOneStroke: true });
      else if (
        Math.hypot((ms - now.from.ms) * screen.plan.mmPerMs, (uv - now.from.uv) * screen.plan.mmPerUv) *
          screen.pxPerMm >
        3
      ) {
        dispatch({ kind: 'add', caliper: made });
        now.hasMoved = true;
      }
      return;
    }
    const moved = moveCaliper(now.caliper, now.end, ms - now.from.ms, uv - now.from.uv);
    dispatch({ kind: 'move', caliper: moved, isOneStroke: now.hasMoved });
    now.hasMoved = true;
  };

  const end = (event: PointerEvent): void => {
    fingers.delete(event.pointerId);
    const done = stroke.current;
    stroke.current = null;
    if (pinch.current) {
      if (fingers.size === 0) pinch.current = null;
      return;
    }
    if (!screen || !done || done.hasMoved || done.kind === 'drag') return;
    const place = placeOf(event);
    const cell = cellAt(screen.plan, place.xMm, place.yMm);
    if (!cell) return;
    dispatch({ kind: 'select', id: null });
    if (!state.look.isMagnified) dispatch({ kind: 'look', change: { lead: recordedLead(cell) } });
  };

  const magnify = (): void => dispatch({ kind: 'look', change: { isMagnified: !state.look.isMagnified } });
  const leave = (): void => desk.company?.onPoint(null);
  return {
    onPointerLeave: leave,
    onPointerDown: begin,
    onPointerMove: move,
    onPointerUp: end,
    onPointerCancel: end,
    onDoubleClick: magnify,
  };
}

function spread(fingers: ReadonlyMap<number, number>): number {
  const [a = 0, b = 0] = fingers.values();
  return Math.abs(a - b);
}
