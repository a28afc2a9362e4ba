import { rolesMay } from '@lianzhen/contracts/access.ts';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Form, Select } from 'antd';
import { useEffect } from 'react';
import { ask } from '../../../api/queries.ts';
import { useNames } from '../../../api/vocabulary.ts';
import { FacilitySelect, useManaged } from '../facility-select.tsx';
import { useSetupText } from '../setup-texts.ts';
import { useExpertText } from './texts.ts';

/** Of which facility, where one runs several, and who of it: somebody whose office it is to answer, and not listed yet. */
export function PersonFields() {
  const t = useExpertText();
  const setup = useSetupText();
  const names = useNames();
  const form = Form.useFormInstance();
  const facilities = useManaged();
  const accounts = useQuery(ask('identity', 'accounts'));
  const managed = useQuery(ask('consultation', 'managedExperts'));
  const facilityId = Form.useWatch<string | undefined>('facilityId', form);
  const accountId = Form.useWatch<string | undefined>('accountId', form);
  const [own] = facilities;
  useEffect(() => {
    if (!facilityId && own) form.setFieldValue('facilityId', own.id);
  }, [facilityId, own, form]);
  const there = (managed.data ?? []).filter(({ facility }) => facility.id === facilityId);
  const people = (accounts.data ?? []).filter(
    ({ id, disabled, roles }) =>
      !disabled &&
      !there.some((expert) => expert.accountId === id) &&
      roles.some((one) => one.facilityId === facilityId && rolesMay([one.role], 'consultation:answer')),
  );
  const chosen = people.find(({ id }) => id === accountId);
  // Whoever was chosen of one facility is nobody of the next.
  const isAstray = accountId !== undefined && accounts.data !== undefined && managed.data !== undefined && !chosen;
  useEffect(() => {
    if (isAstray) form.setFieldValue('accountId', undefined);
  }, [isAstray, form]);
  const toAccounts = <Link to="/accounts">{t('accounts')}</Link>;
  return (
    <>
      <FacilitySelect facilities={facilities} />
      <Form.Item
        name="accountId"
        label={t('person')}
        dependencies={['facilityId']}
        extra={
          chosen && !chosen.licenceNumber ? (
            <span className="tone tone-warn expert-hint">
              <span>
                {t('noLicence')} {toAccounts}
              </span>
            </span>
          ) : (
            <span>
              {t('personHint')} {toAccounts}
            </span>
          )
        }
        rules={[{ required: true, message: setup('required') }]}
      >
        <Select
          loading={accounts.isPending || managed.isPending}
          showSearch={{ optionFilterProp: 'label' }}
          notFoundContent={t('nobody')}
          options={people.map(({ id, displayName, username, title }) => ({
            value: id,
            label: [displayName, title && names('title', title), username].filter(Boolean).join(' · '),
          }))}
          data-testid="expert-person"
        />
      </Form.Item>
    </>
  );
}
