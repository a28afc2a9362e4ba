import { type ErrorComponentProps, Link } from '@tanstack/react-router';
import { Button, Result } from 'antd';
import { useAppText } from './texts.ts';

/** A page that broke. A part of the program that is gone after an update is a reload away. */
export function PageFailure({ error, reset }: ErrorComponentProps) {
  const t = useAppText();
  const text = error instanceof Error ? error.message : String(error);
  const isOld = /dynamically imported module|module script/i.test(text);
  return (
    <Result
      status="warning"
      title={isOld ? t('newVersion') : t('pageBroke')}
      subTitle={isOld ? undefined : t('pageBrokeNote')}
      extra={
        <Button type="primary" onClick={isOld ? () => window.location.reload() : reset}>
          {t('refresh')}
        </Button>
      }
    >
      {!isOld && <pre className="keep-lines muted">{text}</pre>}
    </Result>
  );
}

export function NoSuchPage() {
  const t = useAppText();
  return (
    <Result
      status="info"
      title={<h1 className="result-title">{t('noSuchPage')}</h1>}
      extra={<Link to="/">{t('backHome')}</Link>}
    />
  );
}
