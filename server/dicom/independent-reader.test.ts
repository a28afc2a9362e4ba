import dicomParser, { type DataSet } from 'dicom-parser';
import { describe, expect, test } from 'vitest';
import { syntheticStudy } from '../../tests/factories/dicom.ts';
import { bufferSource } from './byte-source.ts';
import { describeInstance } from './describe-instance.ts';
import type { DicomJson } from './model.ts';
import { explicitBigEndian, explicitLittleEndian, implicitLittleEndian } from './sop-classes.ts';

const item = (meaning: string): DicomJson => ({ '00080104': { vr: 'LO', Value: [meaning] } });

/** Every element as another implementation sees it: tag path, and the text or the offset of its value. */
function elementsOf(dataset: DataSet, path = ''): Map<string, string | number> {
  const found = new Map<string, string | number>();
  for (const [key, element] of Object.entries(dataset.elements)) {
    const tag = `${path}${key.slice(1).toUpperCase()}`;
    if (tag.startsWith('0002')) continue;
    for (const [index, child] of (element.items ?? []).entries()) {
      if (child.dataSet) for (const entry of elementsOf(child.dataSet, `${tag}/${index}/`)) found.set(...entry);
    }
    if (!element.items?.length) found.set(tag, dataset.string(key)?.trim() ?? '');
  }
  return found;
}

function pathsOf(json: DicomJson, path = ''): string[] {
  return Object.entries(json).flatMap(([tag, { vr, Value: values = [] }]) => {
    if (vr !== 'SQ' || values.length === 0) return [`${path}${tag}`];
    return values.flatMap((entry, index) => pathsOf(entry as DicomJson, `${path}${tag}/${index}/`));
  });
}

describe('dicom-parser reads what is written here as it is read here', () => {
  test.each([explicitLittleEndian, implicitLittleEndian, explicitBigEndian, '1.2.840.10008.1.2.5'])(
    '%s',
    async (transferSyntaxUid) => {
      const attributes = {
        '00081032': { vr: 'SQ', Value: [item('a'), { ...item('b'), '00081110': { vr: 'SQ', Value: [item('c')] } }] },
      };
      const [instance] = syntheticStudy({ modality: 'DX', transferSyntaxUid, attributes });
      const bytes = instance?.bytes ?? Buffer.alloc(0);
      const description = await describeInstance(bufferSource(bytes));
      const theirs = dicomParser.parseDicom(bytes);
      const elements = elementsOf(theirs);
      expect(pathsOf(description.attributes).sort()).toEqual([...elements.keys()].sort());
      expect(elements.get('0020000D')).toBe(description.studyInstanceUid);
      expect(elements.get('00081032/1/00081110/0/00080104')).toBe('c');
      const pixels = theirs.elements.x7fe00010;
      const [frame] = description.frames;
      if (description.rendition !== 'original') return;
      const expected = pixels?.fragments?.map(({ position, length }) => [position, length]) ?? [
        [pixels?.dataOffset, pixels?.length],
      ];
      expect(frame).toEqual(expected);
    },
  );
});
