import { ViewerProblem } from '../problem.ts';

/**
 * Reads an answer of at most `limit` bytes; what is longer is dropped while it arrives, not after.
 * @throws ViewerProblem answer-too-large.
 */
export async function readBody(response: Response, limit: number): Promise<ArrayBuffer> {
  const tooLarge = () => new ViewerProblem('answer-too-large', { megabytes: Math.round(limit / 2 ** 20) });
  const announced = Number(response.headers.get('Content-Length'));
  if (announced > limit) {
    await response.body?.cancel();
    throw tooLarge();
  }
  // An announced length within the limit cannot be exceeded, except by content coding; those go the long way.
  if (announced > 0 && !response.headers.has('Content-Encoding')) return response.arrayBuffer();
  const reader = response.body?.getReader();
  if (!reader) return new ArrayBuffer(0);
  const chunks: Uint8Array[] = [];
  let length = 0;
  for (let step = await reader.read(); !step.done; step = await reader.read()) {
    length += step.value.length;
    if (length > limit) {
      await reader.cancel();
      throw tooLarge();
    }
    chunks.push(step.value);
  }
  const body = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    body.set(chunk, at);
    at += chunk.length;
  }
  return body.buffer;
}
