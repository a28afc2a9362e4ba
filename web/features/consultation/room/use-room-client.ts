import { useEffect, useRef, useState } from 'react';
import { LocalDevices } from '../../../call/local-devices.ts';
import { RoomClient } from '../../../call/room-client.ts';
import type { RoomTicket } from '../../../call/room-state.ts';
import type { SeatOptions } from '../../../call/seat-keeper.ts';

interface Options {
  ticket: RoomTicket;
  renew: SeatOptions['renew'];
  /** Names the seat on this machine, so that a page loaded again takes the same one. */
  seatKey: string;
  usesDevices: boolean;
}

/** The client of a room and the devices of this machine, for as long as the page is there. */
export function useRoomClient(options: Options) {
  const latest = useRef(options);
  latest.current = options;
  const [both, setBoth] = useState<{ room: RoomClient; devices: LocalDevices }>();
  useEffect(() => {
    const { ticket, seatKey, usesDevices } = latest.current;
    const key = `lianzhen.seat.${seatKey}`;
    const devices = new LocalDevices(window.localStorage, window.sessionStorage);
    const room = new RoomClient({
      ticket,
      devices,
      renew: () => latest.current.renew(),
      seat: {
        read: () => window.sessionStorage.getItem(key),
        write: (secret) =>
          secret === null ? window.sessionStorage.removeItem(key) : window.sessionStorage.setItem(key, secret),
      },
    });
    room.start();
    if (usesDevices) void devices.openUsual();
    setBoth({ room, devices });
    return () => {
      // To another page of the hub is out of the room; a page that is loaded again never comes here.
      void room.leave();
      devices.dispose();
    };
  }, []);
  return { room: both?.room, devices: both?.devices };
}
