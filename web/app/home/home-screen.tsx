import { Page } from '../../ui/page.tsx';
import { useAppText } from '../texts.ts';

export function HomeScreen() {
  const t = useAppText();
  return <Page title={t('home')}>{null}</Page>;
}
