// What every journey starts from: `test` watches the browser in all that a journey does, `inspect` looks at a page.
// A journey that needs something which only works once the islands are awake is a `*.hydrate.spec.ts`.
import { test as base, expect } from "@playwright/test";
import { accessible } from "./fixtures/accessible";
import { photograph } from "./fixtures/pictures";
import { reflows } from "./fixtures/reflow";
import { watch } from "./fixtures/watch";

type Fixtures = {
  /** Console errors that a journey brings about on purpose, such as the status of a page that does not exist. */
  expectedErrors: RegExp[];
  watched: void;
  /** Checks the page that is open: accessibility, reflow, one heading; keeps pictures of it under this name. */
  inspect: (name: string) => Promise<void>;
};

export const test = base.extend<Fixtures>({
  expectedErrors: [[], { option: true }],

  watched: [
    async ({ context, baseURL, expectedErrors }, use) => {
      const seen = watch(context, new URL(baseURL!).origin);
      await use();
      const unexpected = seen.errors.filter((error) => !expectedErrors.some((expected) => expected.test(error)));
      expect(unexpected, "errors on the console").toEqual([]);
      expect(seen.foreign, "requests that leave the portal").toEqual([]);
    },
    { auto: true },
  ],

  inspect: async ({ page, javaScriptEnabled }, use, info) => {
    await use(async (name) => {
      await expect(page.locator("h1"), "headings of the first level").toHaveCount(1);
      await expect(page, "a page without a title").toHaveTitle(/\S/);
      await accessible(page, javaScriptEnabled ?? true);
      await reflows(page);
      await photograph(page, info.project.name, name);
    });
  },
});

export { expect };
