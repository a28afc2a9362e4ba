import type { DestinationKind } from '@lianzhen/contracts/delivery.ts';
import { useState } from 'react';
import type { Outputs } from '../../api/client.ts';
import { useAct } from '../../api/queries.ts';

type Destination = Outputs['delivery']['destinations'][number];

export interface DestinationForm {
  facilityId: string;
  kind: DestinationKind;
  name: string;
  config: Record<string, unknown>;
  enabled: boolean;
}

/** A channel being written: what was typed, and how it is saved, new or changed. */
export function useDestination(destination: Destination | undefined, ownFacility: string, onSuccess: () => void) {
  const [form, setForm] = useState<DestinationForm>({
    facilityId: destination?.facilityId ?? ownFacility,
    kind: destination?.kind ?? 'hl7-mllp',
    name: destination?.name ?? '',
    config: destination?.config ?? {},
    enabled: destination?.enabled ?? true,
  });
  const [isTried, setTried] = useState(false);
  const create = useAct('delivery', 'createDestination', { onSuccess });
  const change = useAct('delivery', 'setDestination', { onSuccess });
  const isNameless = !form.name.trim();
  return {
    form,
    set: (part: Partial<DestinationForm>) => setForm({ ...form, ...part }),
    isNameless: isTried && isNameless,
    error: create.error ?? change.error,
    isBusy: create.isPending || change.isPending,
    save() {
      setTried(true);
      if (isNameless) return;
      const { facilityId, kind, name, config, enabled } = form;
      if (destination) change.mutate({ id: destination.id, revision: destination.revision, name, config, enabled });
      else create.mutate({ facilityId, kind, name, config });
    },
  };
}
