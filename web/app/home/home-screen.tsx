import { countText } from '@lianzhen/contracts/fields.ts';
import { Link, useNavigate } from '@tanstack/react-router';
import { Button, Skeleton } from 'antd';
import { useMay, useSession } from '../../api/session.ts';
import { useNames } from '../../api/vocabulary.ts';
import { AnswerClock } from '../../features/consultation/answer-clock.tsx';
import { Failure } from '../../ui/failure.tsx';
import { Nothing } from '../../ui/nothing.tsx';
import { Page, Panel } from '../../ui/page.tsx';
import { shortTime } from '../../ui/time.ts';
import { ToneTag } from '../../ui/tone-tag.tsx';
import { useKeys } from '../../ui/use-keys.ts';
import { entriesFor } from '../navigation.tsx';
import { useAppText } from '../texts.ts';
import { useHomeText } from './texts.ts';
import type { Todo } from './todo.ts';
import { type Tile, useWaiting } from './use-waiting.ts';
import './home.css';

const shown = 12;

/** What waits for me now, the most pressing first, so that nobody has to think about where to begin. */
export function HomeScreen() {
  const t = useHomeText();
  const session = useSession();
  const may = useMay();
  const navigate = useNavigate();
  const { tiles, todos, count, isLoading, error, retry } = useWaiting();
  const canWrite = may('order:write');
  const begin = () => void navigate({ to: '/orders/new' });
  useKeys(canWrite ? { n: begin } : {});
  const name = session.displayName;
  const hello = count === 1 ? 'helloOne' : 'hello';
  return (
    <Page
      title={t('title')}
      note={!isLoading && t(todos.length ? hello : tiles.length ? 'quiet' : 'choose', { name, n: count })}
      actions={
        canWrite && (
          <Button type="primary" onClick={begin} data-testid="new-order">
            {t('newOrder')} <kbd>n</kbd>
          </Button>
        )
      }
    >
      {error && <Failure error={error} onRetry={() => void retry()} />}
      {tiles.length === 0 && <Places />}
      {tiles.length > 0 && (
        <div className="tiles">
          {tiles.map((tile) => (
            <CountTile key={tile.name} tile={tile} />
          ))}
        </div>
      )}
      {isLoading ? (
        <Skeleton active paragraph={{ rows: 6 }} />
      ) : todos.length ? (
        <Panel title={t('first')}>
          {todos.slice(0, shown).map((todo) => (
            <TodoRow key={todo.key} todo={todo} />
          ))}
          {count > shown && <p className="muted">{t('more', { n: count - Math.min(shown, todos.length) })}</p>}
        </Panel>
      ) : (
        tiles.length > 0 && <Nothing text={t('nothing')} />
      )}
    </Page>
  );
}

/** For who has nothing to count, the menu's places, large. */
function Places() {
  const app = useAppText();
  const session = useSession();
  return (
    <div className="tiles">
      {entriesFor(session).map((entry) => (
        <Link key={entry.word} to={entry.to} className="tile">
          <b>{entry.icon}</b>
          <span>{app(`nav-${entry.word}`)}</span>
        </Link>
      ))}
    </div>
  );
}

function CountTile({ tile }: { tile: Tile }) {
  const t = useHomeText();
  const session = useSession();
  const to = tile.to ?? entriesFor(session).find((entry) => entry.word === tile.word)?.to;
  const content = (
    <>
      <b className="num">{tile.count === undefined ? '–' : countText(tile.count)}</b>
      <span>{t(`tile-${tile.name}`)}</span>
    </>
  );
  const className = tile.count ? 'tile' : 'tile tile-zero';
  if (!to) return <div className={className}>{content}</div>;
  return (
    <Link to={to} className={className} data-testid={`tile-${tile.name}`}>
      {content}
    </Link>
  );
}

function TodoRow({ todo }: { todo: Todo }) {
  const t = useHomeText();
  const names = useNames();
  return (
    <Link {...todo.link} className="todo" data-testid="todo" data-kind={todo.kind}>
      <ToneTag tone={todo.tone}>{t(todo.kind)}</ToneTag>
      <span className="todo-text">
        <b>{todo.who || t('draftNoPatient')}</b> {todo.returnedKind && `${names('returnKind', todo.returnedKind)} · `}
        {todo.text}
      </span>
      {todo.dueAt ? <AnswerClock dueAt={todo.dueAt} /> : <span className="muted num">{shortTime(todo.at)}</span>}
    </Link>
  );
}
