import type { Page } from "@playwright/test";
import { expect, test } from "../fixtures";
import { patients, signInPatient } from "../fixtures/people";
import { weigh } from "../fixtures/weight";

// kB as the network counts them: 1,000 bytes
const page_budget = 110_000;
const islands_budget = 80_000;

async function isLight(page: Page, path: string): Promise<void> {
  const { total, islands, byKind } = await weigh(page, path);
  const figures = `${total} bytes, ${islands} of them islands: ${JSON.stringify(byKind)}`;
  console.log(`${path.replace(/\/requests\/.+/, "/requests/…")}: ${figures}`);
  expect(byKind["Document"] ?? 0, "a document was weighed").toBeGreaterThan(0);
  expect(byKind["Stylesheet"] ?? 0, "a style sheet was weighed").toBeGreaterThan(0);
  expect(islands, "islands were weighed").toBeGreaterThan(0);
  expect(islands, figures).toBeLessThanOrEqual(islands_budget);
  expect(total, figures).toBeLessThanOrEqual(page_budget);
}

test("the sign-in page is light for somebody who has never been here", async ({ page }) => {
  await isLight(page, "/sign-in");
});

test("the status page is light for somebody who comes back with an empty cache", async ({ page }) => {
  await signInPatient(page, patients.amina.email);
  const address = await page.getByRole("row").getByRole("link").first().getAttribute("href");
  await isLight(page, address!);
});
