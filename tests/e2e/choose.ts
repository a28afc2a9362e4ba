import { errors, type Locator, type Page } from 'playwright-core';
import { eventually } from './browser.ts';

/** What an open list of Ant Design offers. */
export const offered = (page: Page): Locator =>
  page.locator('.ant-select-dropdown:not(.ant-select-dropdown-hidden) .ant-select-item-option');

interface Choice {
  /** Narrows what is offered. */
  typed?: string;
  /** What shows that it was chosen; the box with the words where left out. */
  becomes?: Locator;
}

const tryMs = 5000;

/**
 * Takes the first line that has the words. Now and then, on a busy machine once in some hundred, a list goes between the
 * press and the release of the pointer and nothing is chosen: then once more, as a person would. @returns all that was offered
 */
export async function choose(page: Page, testId: string, words: string, how: Choice = {}): Promise<string[]> {
  const box = page.getByTestId(testId);
  const chosen = (how.becomes ?? box.filter({ hasText: words })).first();
  const list = offered(page);
  const line = list.filter({ hasText: words }).first();
  let all: string[] = [];
  let isTried = false;
  await eventually(async () => {
    if (isTried && (await chosen.isVisible())) return true;
    isTried = true;
    try {
      if (how.typed !== undefined) await box.locator('input').fill(how.typed, { timeout: tryMs });
      else if (!(await list.first().isVisible())) await box.click({ timeout: tryMs });
      await line.waitFor({ timeout: tryMs });
      all = await list.allTextContents();
      await line.click({ timeout: tryMs });
      await chosen.waitFor({ timeout: tryMs });
      return true;
    } catch (cause) {
      if (cause instanceof errors.TimeoutError) return undefined;
      throw cause;
    }
  });
  await list.first().waitFor({ state: 'hidden' });
  return all;
}
