import { useQuery } from '@tanstack/react-query';
import { Table } from 'antd';
import { ask } from '../../api/queries.ts';
import { useNames } from '../../api/vocabulary.ts';
import { Loaded } from '../../ui/loaded.tsx';
import { useFacilitiesText } from './texts.ts';

/** One's own facility and everyone linked with it. */
export function NetworkList() {
  const t = useFacilitiesText();
  const names = useNames();
  const facilities = useQuery(ask('facilities', 'list'));
  return (
    <Loaded query={facilities}>
      {(rows) => (
        <Table
          rowKey="id"
          pagination={false}
          scroll={{ x: 'max-content' }}
          dataSource={rows}
          columns={[
            { title: t('code'), dataIndex: 'code' },
            { title: t('name'), dataIndex: 'name' },
            { title: t('level'), render: (_, row) => names('level', row.level) },
            { title: t('centres'), render: (_, row) => row.centres.map((centre) => centre.name).join('、') },
          ]}
        />
      )}
    </Loaded>
  );
}
