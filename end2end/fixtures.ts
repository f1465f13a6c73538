// What every journey starts from: `test` watches the browser in all that a journey does, `inspect` looks at a page.
// A journey that needs something which only works once the islands are awake is a `*.hydrate.spec.ts`.
import { test as base, expect, type BrowserContext, type Page } from "@playwright/test";
import { accessible } from "./fixtures/accessible";
import { photograph } from "./fixtures/pictures";
import { reflows } from "./fixtures/reflow";
import { watch, type Seen } from "./fixtures/watch";

type Fixtures = {
  /** Console errors that a journey brings about on purpose, such as the status of a page that does not exist. */
  expectedErrors: RegExp[];
  watched: void;
  /** Somebody else with a browser of their own: no cookie is shared, and all that it does is watched as well. */
  another: () => Promise<Page>;
  /** Checks the page that is open: accessibility, reflow, one heading; with PORTAL_PICTURES keeps pictures of it under this name. */
  inspect: (name: string, of?: Page) => Promise<void>;
};

export const test = base.extend<Fixtures>({
  expectedErrors: [[], { option: true }],

  watched: [
    async ({ context, baseURL, expectedErrors }, use) => {
      const seen = watch(context, new URL(baseURL!).origin);
      await use();
      sound(seen, expectedErrors);
    },
    { auto: true },
  ],

  another: async ({ browser, baseURL, expectedErrors }, use) => {
    const opened: { context: BrowserContext; seen: Seen }[] = [];
    await use(async () => {
      const context = await browser.newContext();
      opened.push({ context, seen: watch(context, new URL(baseURL!).origin) });
      return context.newPage();
    });
    for (const { context } of opened) await context.close();
    for (const { seen } of opened) sound(seen, expectedErrors);
  },

  inspect: async ({ page, javaScriptEnabled }, use, info) => {
    const faults: string[] = [];
    await use(async (name, of = page) => {
      await photograph(of, info.project.name, name, javaScriptEnabled ?? true);
      try {
        await expect(of.locator("h1"), "headings of the first level").toHaveCount(1);
        await expect(of, "a page without a title").toHaveTitle(/\S/);
        await accessible(of, javaScriptEnabled ?? true);
        await reflows(of);
      } catch (fault) {
        faults.push(`${name}: ${fault instanceof Error ? fault.message : fault}`);
      }
    });
    // the fault of one page does not hide those of the pages after it
    expect(faults, "faults of pages").toEqual([]);
  },
});

function sound(seen: Seen, expectedErrors: RegExp[]): void {
  const unexpected = seen.errors.filter((error) => !expectedErrors.some((expected) => expected.test(error)));
  expect(unexpected, "errors on the console").toEqual([]);
  expect(seen.foreign, "requests that leave the portal").toEqual([]);
}

export { expect };
