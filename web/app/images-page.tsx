import { OrderViewer } from '../features/ecg/order-viewer.tsx';
import { ImagesScreen } from '../features/orders/images-screen.tsx';

/** What was taken for a request: images, or the recordings of an electrocardiogram. */
export function ImagesPage() {
  return <ImagesScreen Traces={OrderViewer} />;
}
