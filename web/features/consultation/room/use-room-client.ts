import { useEffect, useRef, useState } from 'react';
import { LocalDevices } from '../../../call/local-devices.ts';
import { RoomClient } from '../../../call/room-client.ts';
import type { RoomTicket } from '../../../call/room-state.ts';
import type { SeatOptions } from '../../../call/seat-keeper.ts';
import { type SeatFiles, seatFiles } from '../files/seat-files.ts';

interface Options {
  /** The seat's names are those under which its secret is kept, so that a page loaded again takes the same one. */
  ticket: RoomTicket & { consultationId: string; seatId: string };
  renew: SeatOptions['renew'];
  hasAccount: boolean;
  usesDevices: boolean;
}

/** The client of a room and the devices of this machine, for as long as the page is there. */
export function useRoomClient(options: Options) {
  const latest = useRef(options);
  latest.current = options;
  const [both, setBoth] = useState<{ room: RoomClient; devices: LocalDevices; files: SeatFiles }>();
  useEffect(() => {
    const { ticket, hasAccount, usesDevices } = latest.current;
    const { consultationId, seatId } = ticket;
    const key = `lianzhen.seat.${consultationId}.${seatId}`;
    const secret = () => window.sessionStorage.getItem(key);
    const devices = new LocalDevices(window.localStorage, window.sessionStorage);
    const room = new RoomClient({
      ticket,
      devices,
      renew: () => latest.current.renew(),
      seat: {
        read: secret,
        write: (secret) =>
          secret === null ? window.sessionStorage.removeItem(key) : window.sessionStorage.setItem(key, secret),
      },
    });
    // Whoever is out is not looked at any longer: the lamps of the cameras go out.
    const stopWatching = room.subscribe(() => room.getSnapshot().phase.name === 'over' && devices.dispose());
    room.start();
    if (usesDevices) void devices.openUsual();
    setBoth({ room, devices, files: seatFiles({ consultationId, seatId, hasAccount, secret }) });
    return () => {
      stopWatching();
      // To another page of the hub is out of the room; a page that is loaded again never comes here.
      void room.leave();
      devices.dispose();
    };
  }, []);
  return { room: both?.room, devices: both?.devices, files: both?.files };
}
