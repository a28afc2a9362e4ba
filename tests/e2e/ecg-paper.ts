import type { Browser } from 'playwright-core';

const squares = Array.from({ length: 32 }, (_, i) => `M${i * 20} 0V400M0 ${i * 20}H640`).join('');
const beat = 'h22q6-14 12 0h8l4 6 6-74 6 86 4-18h14q10-26 20 0h24';
const rows = ['I', 'II', 'V5'].map(
  (lead, i) =>
    `<text x="6" y="${70 + i * 120}">${lead}</text><path d="M20 ${100 + i * 120}${beat.repeat(5)}" fill="none" stroke="#111" stroke-width="2"/>`,
);
const paper = `<svg xmlns="http://www.w3.org/2000/svg" width="640" height="400" font-family="sans-serif">
  <rect width="640" height="400" fill="#fffaf8"/><path d="${squares}" stroke="#eab0a8"/>${rows.join('')}</svg>`;

/** A paper electrocardiogram as a telephone photographs it and as a recorder without an interface prints it to a file. */
export async function paperEcg(browser: Browser) {
  const page = await browser.newPage({ viewport: { width: 640, height: 400 } });
  await page.setContent(`<style>body{margin:0}</style>${paper}`);
  const photo = await page.screenshot({ type: 'jpeg', quality: 80 });
  const scan = await page.screenshot({ type: 'png' });
  const pdf = await page.pdf({ width: '640px', height: '400px', printBackground: true });
  await page.close();
  return {
    photo: { name: '心电图.jpg', mimeType: 'image/jpeg', buffer: photo },
    scan: { name: 'scan.png', mimeType: 'image/png', buffer: scan },
    pdf: { name: 'ecg.pdf', mimeType: 'application/pdf', buffer: pdf },
  };
}
