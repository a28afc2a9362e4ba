import { syntheticTrace } from '@lianzhen/ecg/signal/test-kit/synthetic.ts';
import { createElement } from 'react';
import { createRoot } from 'react-dom/client';
import { startTexts } from '../../../web/api/texts.ts';
import { EcgViewer } from '../../../web/ecg-viewer/ecg-viewer.tsx';
import { memorySource } from '../../../web/ecg-viewer/source/memory-source.ts';

/** The viewer alone, with a minute of twelve leads in memory: what is measured is drawing, not a network. */
await startTexts();
const root = document.getElementById('root');
const source = memorySource(syntheticTrace({ seconds: 60, rateHz: 500 }));
if (root) createRoot(root).render(createElement(EcgViewer, { source, language: 'zh' }));
