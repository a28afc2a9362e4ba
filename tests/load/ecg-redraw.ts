export interface Redraw {
  framesPerSecond: number;
  p95FrameMs: number;
  lateFrames: number;
}
export const measureRedraw = async (): Promise<Redraw | undefined> => undefined;
