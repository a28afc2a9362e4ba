const quote = 0x22;
const backslash = 0x5c;
const opens = new Set([0x5b, 0x7b]);
const closes = new Set([0x5d, 0x7d]);

/** How many levels of lists and objects lie in each other in a JSON text, without reading it as JSON. UTF-8 bytes. */
export function depthOf(text: Uint8Array): number {
  let depth = 0;
  let deepest = 0;
  let isInString = false;
  for (let at = 0; at < text.length; at++) {
    const letter = text[at] as number;
    if (isInString) {
      if (letter === backslash) at++;
      else if (letter === quote) isInString = false;
    } else if (letter === quote) isInString = true;
    else if (opens.has(letter)) deepest = Math.max(deepest, ++depth);
    else if (closes.has(letter)) depth--;
  }
  return deepest;
}
