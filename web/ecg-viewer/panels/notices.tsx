import { WarningOutlined } from '@ant-design/icons';
import { useEcgDesk } from '../desk.ts';
import { sayCode } from '../texts.ts';

const maxShown = 12;

/** What is wrong with the trace, always in view. Places and details come from the file and are text. */
export function Notices() {
  const { meta, say } = useEcgDesk();
  const lines = [
    ...meta.warnings.map(({ code, where, detail }) => ({
      text: sayCode(say, 'warning', code),
      more: [where, detail].filter(Boolean).join(' · '),
      isBad: code === 'not-measurable' || code === 'crc-wrong' || code === 'derived-disagrees',
    })),
    ...meta.quality.map(({ code, leads, severity }) => ({
      text: sayCode(say, 'quality', code),
      more: leads.join(' '),
      isBad: severity === 'bad',
    })),
  ];
  if (lines.length === 0) return null;
  return (
    <ul className="lze-notices" role="alert" data-testid="ecg-warnings">
      {lines.slice(0, maxShown).map(({ text, more, isBad }, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the list never changes while it is shown.
        <li key={i} className={isBad ? 'lze-bad' : undefined} title={more}>
          <WarningOutlined /> <b>{text}</b> {more.slice(0, 80)}
        </li>
      ))}
      {lines.length > maxShown && <li>+{lines.length - maxShown}</li>}
    </ul>
  );
}
