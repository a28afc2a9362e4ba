import type { Page } from 'playwright-core';

/**
 * What of a page does not fit its width: parts that stick out to the right and cannot be scrolled to where they are. Those
 * that are cut off on purpose, or scroll in a frame of their own, fit.
 */
export const overflowOf = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    const found =
      document.documentElement.scrollWidth > width
        ? [`the page is ${document.documentElement.scrollWidth} px wide`]
        : [];
    const isFramed = (element: Element): boolean => {
      for (let at = element.parentElement; at && at !== document.body; at = at.parentElement) {
        const { overflowX } = getComputedStyle(at);
        if (overflowX !== 'visible' && at.getBoundingClientRect().right <= width + 1) return true;
      }
      return false;
    };
    for (const element of document.body.querySelectorAll('*')) {
      const { right, width: own, height } = element.getBoundingClientRect();
      if (own === 0 || height === 0 || right <= width + 1 || isFramed(element)) continue;
      const { visibility, position } = getComputedStyle(element);
      if (visibility === 'hidden' || position === 'fixed') continue;
      found.push(`${element.tagName.toLowerCase()}.${element.className} ends at ${Math.round(right)}`);
    }
    return found.slice(0, 10);
  });
