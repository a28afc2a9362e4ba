import { WarningOutlined } from '@ant-design/icons';
import { Empty } from 'antd';
import type { EcgMeta } from '../source/ecg-source.ts';
import { type SayEcg, sayCode } from '../texts.ts';

/** A trace without samples: a PDF or photograph, said to be not measurable, or nothing at all. */
export function PictureTrace({ meta, say }: { readonly meta: EcgMeta; readonly say: SayEcg }) {
  const { picture, warnings } = meta;
  const isImage = picture !== null && /^image\/(png|jpeg|webp)$/.test(picture.mediaType);
  return (
    <div className="lze-waiting lze-picture-trace" data-testid="ecg" data-rendered="true">
      <p className="lze-bad" role="alert">
        <WarningOutlined /> {say(picture ? 'pictureOnly' : 'noSamples')}
      </p>
      <ul>
        {warnings.map(({ code, where, detail }) => (
          <li key={`${code} ${where}`}>{[sayCode(say, 'warning', code), where, detail].filter(Boolean).join(' · ')}</li>
        ))}
      </ul>
      {picture && isImage && <img src={picture.url} alt={say('pictureOnly')} />}
      {picture && !isImage && (
        <a href={picture.url} target="_blank" rel="noreferrer">
          {say('openPicture')}
        </a>
      )}
      {!picture && <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={say('noSamples')} />}
    </div>
  );
}
