import { OrderTraces } from '../features/ecg/order-traces.tsx';
import { OrderScreen } from '../features/orders/order-screen.tsx';

/** The page of a request, with the recordings of one for an electrocardiogram. */
export function OrderPage() {
  return <OrderScreen Traces={OrderTraces} />;
}
