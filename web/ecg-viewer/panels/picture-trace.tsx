import { FilePdfOutlined, WarningOutlined } from '@ant-design/icons';
import { Button, Empty } from 'antd';
import { useState } from 'react';
import type { EcgMeta } from '../source/ecg-source.ts';
import { type SayEcg, sayCode } from '../texts.ts';

/** A trace without samples: a PDF or photograph, said to be not measurable, or nothing at all. */
export function PictureTrace({ meta, say }: { readonly meta: EcgMeta; readonly say: SayEcg }) {
  const { picture } = meta;
  const isImage = picture !== null && /^image\/(png|jpeg|webp)$/.test(picture.mediaType);
  // That it cannot be measured is said in words already.
  const warnings = meta.warnings.filter(({ code }) => code !== 'not-measurable');
  return (
    <div className="lze-waiting lze-picture-trace" data-testid="ecg" data-rendered="true">
      <p className="lze-bad" role="alert">
        <WarningOutlined /> {say(picture ? 'pictureOnly' : 'noSamples')}
      </p>
      {warnings.length > 0 && (
        <ul>
          {warnings.map(({ code, where, detail }) => (
            <li key={`${code} ${where}`}>
              {[sayCode(say, 'warning', code), where, detail].filter(Boolean).join(' · ')}
            </li>
          ))}
        </ul>
      )}
      {picture && isImage && <Picture url={picture.url} say={say} />}
      {picture && !isImage && (
        <>
          <Button
            type="primary"
            size="large"
            icon={<FilePdfOutlined />}
            href={picture.url}
            target="_blank"
            rel="noreferrer"
            data-testid="ecg-open-picture"
          >
            {say('openPicture')}
          </Button>
          <p className="lze-hint">{say('openPictureNote')}</p>
        </>
      )}
      {!picture && <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={say('noSamples')} />}
    </div>
  );
}

/** A photograph of a whole page shrunk to a pane cannot be read: a click enlarges it, and it is moved about by scrolling. */
function Picture({ url, say }: { readonly url: string; readonly say: SayEcg }) {
  const [isLarge, setLarge] = useState(false);
  return (
    <button
      type="button"
      className={isLarge ? 'lze-photo lze-photo-large' : 'lze-photo'}
      aria-pressed={isLarge}
      aria-label={say('enlargePicture')}
      title={say('enlargePicture')}
      onClick={() => setLarge(!isLarge)}
      data-testid="ecg-photo-enlarge"
    >
      <img src={url} alt={say('pictureOnly')} />
    </button>
  );
}
