import type { RuleCentre } from '@lianzhen/contracts/ecg-rules.ts';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { Button, Select } from 'antd';
import { useEffect, useState } from 'react';
import { ask } from '../../../api/queries.ts';
import { useLanguage } from '../../../api/texts.ts';
import { Loaded } from '../../../ui/loaded.tsx';
import { Nothing } from '../../../ui/nothing.tsx';
import { Page } from '../../../ui/page.tsx';
import { DraftForm } from './draft-form.tsx';
import { RulesOfCentre } from './rules-of-centre.tsx';
import { useRulesText } from './texts.ts';
import './rules.css';

const route = getRouteApi('/facilities/ecg-rules');

/** Which patterns call a centre's readers at once: the list in force, every version, and the draft of the next. */
export function RulesScreen() {
  const t = useRulesText();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const [isDrafting, setDrafting] = useState<boolean>();
  // Where one draft ends another page begins: its head is looked at first.
  useEffect(() => {
    if (isDrafting !== undefined) window.scrollTo(0, 0);
  }, [isDrafting]);
  const centres = useQuery(ask('ecg', 'ruleCentres'));
  const all = centres.data ?? [];
  const centre = all.find(({ id }) => id === search.centre) ?? all[0];
  const rules = useQuery({ ...ask('ecg', 'rules', { centreId: centre?.id ?? '' }), enabled: centre !== undefined });
  const choose = (id: string) => {
    setDrafting(false);
    void navigate({ search: { centre: id } });
  };
  return (
    <Page
      title={t('title')}
      note={centre ? `${centre.facilityName} · ${centre.name}` : undefined}
      actions={
        <>
          {all.length > 1 && centre && <CentreChoice all={all} value={centre.id} onChoose={choose} />}
          {rules.data?.centre.canPublish && !isDrafting && (
            <Button type="primary" onClick={() => setDrafting(true)} data-testid="new-rules">
              {t('newVersion')}
            </Button>
          )}
        </>
      }
    >
      <Loaded query={centres}>
        {(rows) =>
          rows.length === 0 ? (
            <Nothing text={t('noCentre')}>{t('noCentreNote')}</Nothing>
          ) : (
            <Loaded query={rules}>
              {(view) =>
                isDrafting ? (
                  <DraftForm key={view.centre.id} view={view} onEnd={() => setDrafting(false)} />
                ) : (
                  <RulesOfCentre
                    view={view}
                    // Whose version it is must be plain.
                    version={search.centre || all.length === 1 ? search.version : undefined}
                    onShow={(version) => void navigate({ search: { ...search, version } })}
                  />
                )
              }
            </Loaded>
          )
        }
      </Loaded>
    </Page>
  );
}

interface CentreChoiceProps {
  all: readonly RuleCentre[];
  value: string;
  onChoose: (id: string) => void;
}

function CentreChoice({ all, value, onChoose }: CentreChoiceProps) {
  const t = useRulesText();
  const language = useLanguage();
  return (
    <Select
      className="rules-centre"
      aria-label={t('centre')}
      value={value}
      onChange={onChoose}
      options={all.map(({ id, name, nameEn, facilityName }) => ({
        value: id,
        label: `${facilityName} · ${language === 'en' ? (nameEn ?? name) : name}`,
      }))}
    />
  );
}
