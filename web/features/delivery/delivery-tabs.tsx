import { Link } from '@tanstack/react-router';
import { useMay } from '../../api/session.ts';
import { useDeliveryText } from './texts.ts';
import './delivery.css';

/** The three pages of this word, as far as one may see them. */
export function DeliveryTabs() {
  const t = useDeliveryText();
  const may = useMay();
  return (
    <nav className="tabs no-print">
      {may('report:read') && (
        <Link to="/delivery" activeOptions={{ exact: true, includeSearch: false }}>
          {t('inbox')}
        </Link>
      )}
      {may('delivery:read') && <Link to="/delivery/ledger">{t('ledger')}</Link>}
      {may('facility:manage') && <Link to="/delivery/destinations">{t('destinations')}</Link>}
    </nav>
  );
}
