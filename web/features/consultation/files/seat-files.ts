import { fileLimits, RoomFile, roomFilePath, seatHeader, seatProof } from '@lianzhen/contracts/consultation-files.ts';
import { ApiError, errorFromProblem } from '../../../api/api-error.ts';

/** How somebody in a room sends files into its chat and fetches them. */
export interface SeatFiles {
  /** Where a browser that is logged in fetches one by itself; undefined for who has no account. */
  address(fileId: string): string | undefined;
  /** Rejects with an ApiError. @param fileId made here, so that a repetition is the same file */
  send(fileId: string, file: File, onProgress: (part: number) => void, signal: AbortSignal): Promise<RoomFile>;
  /** Rejects with an ApiError. */
  fetch(fileId: string): Promise<globalThis.Blob>;
}

interface Seat {
  consultationId: string;
  seatId: string;
  hasAccount: boolean;
  secret: () => string | null;
}

export function seatFiles({ consultationId, seatId, hasAccount, secret }: Seat): SeatFiles {
  const path = (fileId: string) => roomFilePath(consultationId, fileId);
  const proof = (): Record<string, string> => {
    const known = secret();
    return {
      'accept-language': document.documentElement.lang || 'zh-CN',
      ...(known === null ? {} : { [seatHeader]: seatProof(seatId, known) }),
    };
  };
  return {
    address: (fileId) => (hasAccount ? path(fileId) : undefined),
    send: (fileId, file, onProgress, signal) => {
      if (file.size > fileLimits.bytes) return Promise.reject(new ApiError('too-large'));
      const query = new URLSearchParams({ name: file.name.toWellFormed().slice(0, 900) });
      return put(`${path(fileId)}?${query}`, file, proof(), onProgress, signal);
    },
    fetch: async (fileId) => {
      const answer = await fetch(path(fileId), { headers: proof(), credentials: 'same-origin' }).catch((cause) => {
        throw new ApiError('unreachable', { cause });
      });
      if (!answer.ok) throw errorFromProblem(answer.status, await answer.json().catch(() => undefined), null);
      return answer.blob();
    },
  };
}

/** `fetch` does not tell how much of a body is on its way; on a village link that is minutes of not knowing. */
function put(
  url: string,
  body: File,
  headers: Record<string, string>,
  onProgress: (part: number) => void,
  signal: AbortSignal,
): Promise<RoomFile> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('PUT', url);
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.responseType = 'json';
    request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0);
    request.onload = () => {
      const file = RoomFile.safeParse(request.response);
      if (request.status < 300 && file.success) resolve(file.data);
      else reject(errorFromProblem(request.status, request.response, request.getResponseHeader('x-request-id')));
    };
    const lost = () => reject(new ApiError('unreachable'));
    request.onerror = lost;
    request.onabort = lost;
    signal.addEventListener('abort', () => request.abort(), { once: true });
    request.send(body);
  });
}
