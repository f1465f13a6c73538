// Every shared component in every state, before any page that is made of them.
import { expect, test } from "../fixtures";

const pages = { gallery: "/gallery", "gallery-status": "/gallery/status", "gallery-question": "/gallery/question" };

for (const [name, address] of Object.entries(pages)) {
  test(`${address} is sound in both languages, light and dark`, async ({ page, inspect }) => {
    test.setTimeout(240_000); // four pages are inspected, and the first of them is long
    for (const language of ["en", "es"]) {
      for (const scheme of ["light", "dark"]) {
        await page.goto(`${address}?language=${language}&scheme=${scheme}`);
        const stage = page.locator(".gallery");
        await expect(stage).toHaveAttribute("lang", language);
        await expect(stage).toHaveAttribute("data-scheme", scheme);
        await inspect(`${name}-${language}-${scheme}`);
      }
    }
  });
}
