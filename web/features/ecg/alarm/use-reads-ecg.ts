import { useQuery } from '@tanstack/react-query';
import { api } from '../../../api/client.ts';
import { useMay } from '../../../api/session.ts';

/** Whether this person reads for an ECG centre. Asked once: no event changes it while one works. */
export function useReadsEcg(): boolean {
  const may = useMay();
  const reads = useQuery({
    queryKey: ['reads-ecg'],
    enabled: may('worklist:read') && may('alarm:answer'),
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async () => {
      const { centres } = await api.worklist.list({ page: 1, pageSize: 1 });
      return centres.some(({ line }) => line === 'ecg');
    },
  });
  return reads.data === true;
}
