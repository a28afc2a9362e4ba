import { Empty } from 'antd';
import type { ReactNode } from 'react';

/** An empty list that says what would stand here and how it comes about. */
export function Nothing({ text, children }: { text: ReactNode; children?: ReactNode }) {
  return (
    <Empty className="nothing" image={Empty.PRESENTED_IMAGE_SIMPLE} description={text}>
      {children}
    </Empty>
  );
}
