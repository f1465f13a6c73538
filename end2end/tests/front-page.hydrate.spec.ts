import { expect, test } from "../fixtures";
import { weigh } from "../fixtures/weight";

// kB as the network counts them: 1,000 bytes
const page_budget = 110_000;

test("the front page is light for somebody who has never been here", async ({ page }) => {
  const { total, byKind } = await weigh(page, "/");
  expect(byKind["Document"] ?? 0, "a document was weighed").toBeGreaterThan(0);
  expect(total, `bytes of the front page: ${JSON.stringify(byKind)}`).toBeLessThanOrEqual(page_budget);
});
