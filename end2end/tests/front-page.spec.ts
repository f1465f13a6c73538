import { expect, test } from "../fixtures";

test("the front page is complete when it arrives", async ({ page, inspect }) => {
  const answer = await page.goto("/");
  expect(answer?.status()).toBe(200);
  await inspect("front-page");
});

test.describe("a page that does not exist", () => {
  test.use({ expectedErrors: [/status of 404/] });

  test("says so, and leads on", async ({ page, inspect }) => {
    const answer = await page.goto("/there-is-no-such-page");
    expect(answer?.status()).toBe(404);
    await expect(page.locator("main a").first()).toBeVisible();
    await inspect("not-found");
  });
});

test("no answer may be framed, sniffed or scripted from elsewhere", async ({ request }) => {
  const headers = (await request.get("/")).headers();
  expect(headers["x-content-type-options"]).toBe("nosniff");
  expect(headers["referrer-policy"]).toBe("same-origin");
  const policy = headers["content-security-policy"] ?? "";
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).not.toContain("'unsafe-inline'");
  expect(policy).not.toMatch(/'unsafe-eval'/);
});
