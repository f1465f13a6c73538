// What an open page does about time: it warns before the session ends, and afterwards shows nothing of a record and loses
// nothing that was typed.
import type { Page } from "@playwright/test";
import { expect, test } from "../fixtures";
import { fillName } from "../fixtures/asking";
import { runOut } from "../fixtures/lapse";
import { fillSignIn, patients, signInPatient, signInStaff, staff } from "../fixtures/people";

// where the tabs of one browser tell each other when the session ends
const ends = "session-ends";

// a page that has set it again is awake
test.beforeEach(async ({ page }) => {
  await page.addInitScript((key) => {
    if (location.protocol !== "about:") localStorage.removeItem(key);
  }, ends);
});

/** How long the open page believes that the session lasts, once it is awake. */
async function secondsLeft(page: Page): Promise<number> {
  const at = await page.waitForFunction((key) => Number(localStorage.getItem(key)), ends);
  return (await at.jsonValue()) - Date.now() / 1000;
}

/** Moves the end: by this computer's clock, in seconds from now. */
async function endIn(page: Page, seconds: number): Promise<void> {
  const at = Math.round(Date.now() / 1000) + seconds;
  await page.evaluate(([key, value]) => localStorage.setItem(key, value), [ends, String(at)] as const);
}

const headline = (page: Page) => page.getByRole("heading", { level: 1 });

test("a page that something was typed on is covered when the time is over, and leads back to it", async ({ page }) => {
  const { email } = patients.lukasz;
  await signInPatient(page, email);
  await page.goto("/requests/new");
  await page.getByRole("button", { name: "Start" }).click();
  await expect(headline(page)).toHaveText("What is your name?");
  await secondsLeft(page);
  await fillName(page, "Zoë Martin-Delacroix");
  await runOut(page);
  await endIn(page, 0);
  await expect(page.getByRole("dialog", { name: "You have been signed out" })).toBeVisible();
  await expect(page.locator("#main"), "nothing of the page can be read").toBeHidden();
  await page.getByRole("button", { name: "Sign in and go on" }).click();
  await expect(page).toHaveURL(/\/sign-in\?next=/);
  await fillSignIn(page, email);
  await expect(headline(page)).toHaveText("What is your name?");
  await expect(page.getByLabel("Your full name")).toHaveValue("Zoë Martin-Delacroix");
  await expect(page.getByRole("alert")).toContainText("What you typed is still here");
});

test("what was typed is not sent for somebody whose clock is wrong", async ({ page }) => {
  await signInPatient(page, patients.lukasz.email);
  await page.goto("/requests/new");
  await page.getByRole("button", { name: "Start" }).click();
  await expect(headline(page)).toHaveText("What is your name?");
  await secondsLeft(page);
  await fillName(page, "Zoë Martin-Delacroix");
  await endIn(page, 0);
  await page.getByRole("button", { name: "Sign in and go on" }).click();
  await expect(page.getByRole("alert")).toContainText("What you typed is still here");
  await expect(headline(page), "the next question is not asked yet").toHaveText("What is your name?");
  await expect(page.getByLabel("Your full name")).toHaveValue("Zoë Martin-Delacroix");
});

test("a page that nothing was typed on leads to the sign-in of its side, and back", async ({ page }) => {
  await signInStaff(page, staff.susan);
  await page.goto("/oversight/trail");
  const seconds = await secondsLeft(page);
  expect(seconds, "a supervisor's session is shorter").toBeLessThanOrEqual(600);
  expect(seconds).toBeGreaterThan(500);
  await runOut(page);
  await endIn(page, 0);
  await expect(page).toHaveURL("/staff/sign-in?next=/oversight/trail");
  await fillSignIn(page, staff.susan);
  await expect(page).toHaveURL("/oversight/trail");
});

test("a page that shows nothing of a record keeps no other page uncovered", async ({ page }) => {
  await signInPatient(page, patients.lukasz.email);
  await secondsLeft(page);
  await endIn(page, 300);
  const front = await page.context().newPage();
  for (const address of ["/", "/register", "/sign-in"]) {
    await front.goto(address);
    await front.waitForLoadState("networkidle");
    expect(await secondsLeft(page), address).toBeLessThanOrEqual(300);
  }
  await front.goto("/requests");
  await expect.poll(() => secondsLeft(page), { message: "a page that acted lengthens it" }).toBeGreaterThan(800);
});

test("whoever is still there stays signed in", async ({ page }) => {
  await signInPatient(page, patients.lukasz.email);
  await secondsLeft(page);
  await endIn(page, 60);
  const dialog = page.getByRole("dialog", { name: "Are you still there?" });
  await dialog.getByRole("button", { name: "Stay signed in" }).click();
  await expect(dialog).toBeHidden();
  expect(await secondsLeft(page)).toBeGreaterThan(800);
});
