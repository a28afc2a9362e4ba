import Icon from '@ant-design/icons';

const Shape = () => (
  <svg viewBox="0 0 24 24" width="1em" height="1em" fill="currentColor" aria-hidden="true">
    <path d="M12.2 2.4c-.7 0-1.2.5-1.2 1.2v7.2h-.8V4.9c0-.7-.5-1.2-1.2-1.2s-1.2.5-1.2 1.2v8.3l-1.9-2.4c-.4-.6-1.2-.7-1.8-.3-.5.4-.7 1.1-.3 1.7l4 6.7c1 1.7 2.8 2.7 4.8 2.7h1c3.2 0 5.7-2.5 5.7-5.7V7.3c0-.7-.5-1.2-1.2-1.2s-1.2.5-1.2 1.2v3.5h-.8V4.9c0-.7-.5-1.2-1.2-1.2s-1.2.5-1.2 1.2v5.9h-.8V3.6c.1-.7-.4-1.2-.7-1.2z" />
  </svg>
);

/** A raised hand, drawn here: not every machine has a picture of it among its letters. */
export const HandIcon = () => <Icon component={Shape} aria-label="hand" />;
