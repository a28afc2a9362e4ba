import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Modal } from 'antd';
import { useState } from 'react';
import { ask } from '../../../api/queries.ts';
import { Loaded } from '../../../ui/loaded.tsx';
import { ListFacts } from './list-facts.tsx';
import { RuleTable } from './rule-table.tsx';
import { useRulesText } from './texts.ts';

interface OvertakenProps {
  centreId: string;
  /** What somebody published while this one drafted. */
  version: number;
  by: unknown;
  onGoOn: () => void;
}

/** Somebody else was quicker: who, with what, and two ways on. The draft stays as it is. */
export function Overtaken({ centreId, version, by, onGoOn }: OvertakenProps) {
  const t = useRulesText();
  const [isShown, setShown] = useState(false);
  const name = typeof by === 'string' ? by : t('somebody');
  return (
    <>
      <Alert
        className="notice"
        type="warning"
        showIcon
        role="alert"
        title={t('overtaken', { name, version })}
        description={
          <div className="stack">
            {t('overtakenNote')}
            <div className="row">
              <Button size="small" onClick={() => setShown(true)}>
                {t('look', { version })}
              </Button>
              <Button size="small" onClick={onGoOn} data-testid="rules-go-on">
                {t('publishAfter', { version })}
              </Button>
            </div>
          </div>
        }
        data-testid="rules-overtaken"
      />
      <Modal
        open={isShown}
        width={900}
        title={t('version', { version })}
        footer={null}
        onCancel={() => setShown(false)}
      >
        {isShown && <Newer centreId={centreId} version={version} />}
      </Modal>
    </>
  );
}

function Newer({ centreId, version }: { centreId: string; version: number }) {
  const found = useQuery(ask('ecg', 'ruleVersion', { centreId, version }));
  return (
    <Loaded query={found}>
      {(list) => (
        <>
          <ListFacts list={list} />
          <RuleTable list={list} isInForce={false} />
        </>
      )}
    </Loaded>
  );
}
