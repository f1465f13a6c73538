// The journeys are only worth what their fixtures notice: each is shown a page with the fault that it must find.
// The faulty pages stand in for an address of the portal, so that what is watched is the browser itself.
import type { Page } from "@playwright/test";
import { expect, test } from "../fixtures";
import { accessible } from "../fixtures/accessible";
import { reflows } from "../fixtures/reflow";
import { watch } from "../fixtures/watch";

const sound = `<!doctype html><html lang="en"><head><title>Sound</title><meta name="viewport" content="width=device-width">
<link rel="icon" href="data:,"></head><body><main><h1>Sound</h1><p>Text of the page, long enough to be read.</p></main></body></html>`;

async function serve(page: Page, html: string): Promise<void> {
  await page.route("**/stands-in", (route) => route.fulfill({ contentType: "text/html; charset=utf-8", body: html }));
  await page.goto("/stands-in");
}

test("a sound page passes everything", async ({ page, inspect }) => {
  await serve(page, sound);
  await inspect("sound");
});

test("a picture without words for it is found", async ({ page, javaScriptEnabled }) => {
  await serve(page, sound.replace("<p>", '<img src="data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw=="><p>'));
  await expect(accessible(page, javaScriptEnabled ?? true)).rejects.toThrow(/image-alt/);
});

test("a page that must be scrolled sideways is found", async ({ page }) => {
  await serve(page, sound.replace("<p>", '<p style="width: 700px">'));
  await expect(reflows(page)).rejects.toThrow(/window of 320/);
});

test("a request to elsewhere is found", async ({ browser, baseURL }) => {
  const context = await browser.newContext({ baseURL });
  const seen = watch(context, new URL(baseURL!).origin);
  const page = await context.newPage();
  await serve(page, sound.replace("<p>", '<img alt="" src="https://elsewhere.example/pixel.gif"><p>'));
  expect(seen.foreign).toEqual(["GET https://elsewhere.example"]);
  await context.close();
});

test("an error on the console is found", async ({ browser, baseURL }) => {
  const context = await browser.newContext({ baseURL, javaScriptEnabled: true });
  const seen = watch(context, new URL(baseURL!).origin);
  const page = await context.newPage();
  await serve(page, sound.replace("</main>", '</main><script>console.error("broken"); throw new Error("thrown")</script>'));
  await expect.poll(() => seen.errors).toEqual(["error: broken", "uncaught: thrown"]);
  await context.close();
});
