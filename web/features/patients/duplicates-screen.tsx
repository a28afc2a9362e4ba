import { useQuery } from '@tanstack/react-query';
import { ask } from '../../api/queries.ts';
import { Loaded } from '../../ui/loaded.tsx';
import { Nothing } from '../../ui/nothing.tsx';
import { Page } from '../../ui/page.tsx';
import { DuplicatePair } from './duplicate-pair.tsx';
import { usePatientsText } from './texts.ts';

/** Registrations that may be one person, each with what speaks for and against it. */
export function DuplicatesScreen() {
  const t = usePatientsText();
  const open = useQuery(ask('patients', 'duplicates'));
  return (
    <Page title={t('duplicates')} note={t('duplicatesNote')}>
      <Loaded query={open}>
        {(pairs) =>
          pairs.length ? (
            pairs.map((pair) => <DuplicatePair key={pair.id} pair={pair} />)
          ) : (
            <Nothing text={t('noDuplicates')} />
          )
        }
      </Loaded>
    </Page>
  );
}
