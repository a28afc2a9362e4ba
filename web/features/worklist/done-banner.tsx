import { Link } from '@tanstack/react-router';
import { Alert, Button, Space } from 'antd';
import type { DoneKind } from './desk-parts.ts';
import { useWorklistText } from './texts.ts';
import type { WorklistSearch } from './worklist-search.ts';

interface DoneBannerProps {
  what: DoneKind;
  search: WorklistSearch;
  isPending: boolean;
  onNext: () => void;
}

/** What has just been done, and the way on: the next case with one key. */
export function DoneBanner({ what, search, isPending, onNext }: DoneBannerProps) {
  const t = useWorklistText();
  return (
    <Alert
      banner
      type="success"
      showIcon
      data-testid="done"
      data-done={what}
      title={t(`done-${what}`)}
      action={
        <Space>
          <Link to="/worklist" search={search}>
            {t('back')}
          </Link>
          <Button type="primary" loading={isPending} onClick={onNext}>
            {t('next')} <kbd>n</kbd>
          </Button>
        </Space>
      }
    />
  );
}
