/** What a device writes in one go without reading first: every write begins at a multiple of it. */
export const blockBytes = 4096;

/** A MiB and a block: as much as is gathered of one blob before it is written. */
export const roomBytes = 1_048_576 + blockBytes;
/** So many in a process, whatever they are for. */
const mostRooms = 64;

/** Declared here because the language's own types leave it to those of browsers. */
declare const WebAssembly: {
  Memory: new (size: { initial: number; maximum: number }) => { readonly buffer: ArrayBuffer };
};
const pageBytes = 65_536;

let free: Uint8Array[] | undefined;

/**
 * Memory that begins at a block and is used again and again, from which a file can be written past the page cache.
 * @returns undefined while all of it is in use
 */
export function takeRoom(): Uint8Array | undefined {
  free ??= makeRooms();
  return free.pop();
}

/** The last one given is the first one taken: it is still in the processor's cache. */
export function giveRoom(room: Uint8Array): void {
  free?.push(room);
}

/** Nothing else that JavaScript can allocate is sure to begin at a block. What was never used takes no memory. */
function makeRooms(): Uint8Array[] {
  const pages = Math.ceil((mostRooms * roomBytes) / pageBytes);
  const { buffer } = new WebAssembly.Memory({ initial: pages, maximum: pages });
  return Array.from({ length: mostRooms }, (_, at) => new Uint8Array(buffer, at * roomBytes, roomBytes));
}

/** The first block that begins at or behind a position. */
export const atBlock = (position: number): number => Math.ceil(position / blockBytes) * blockBytes;
