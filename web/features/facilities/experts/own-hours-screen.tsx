import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ask } from '../../../api/queries.ts';
import { Loaded } from '../../../ui/loaded.tsx';
import { Nothing } from '../../../ui/nothing.tsx';
import { Page } from '../../../ui/page.tsx';
import { ExpertRows } from './expert-rows.tsx';
import { useExpertText } from './texts.ts';

/** An expert's own entries: his hours, his words about himself, whether he can be invited. */
export function OwnHoursScreen() {
  const t = useExpertText();
  const managed = useQuery(ask('consultation', 'managedExperts'));
  return (
    <Page title={t('own')} note={t('ownNote')} actions={<Link to="/consultations">{t('back')}</Link>}>
      <Loaded query={managed}>
        {(rows) => {
          const own = rows.filter(({ isOwn }) => isOwn);
          const houses = new Set(own.map(({ facility }) => facility.id));
          return <ExpertRows rows={own} hasFacilities={houses.size > 1} empty={<Nothing text={t('ownNone')} />} />;
        }}
      </Loaded>
    </Page>
  );
}
