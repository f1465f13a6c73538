// What goes wrong while somebody fills in a form: each time a plain sentence, nothing typed is lost, nothing is half done.
import type { Page } from "@playwright/test";
import { expect, test } from "../fixtures";
import { fillBirthDate, fillName, fillRequest, goOn, numberOn, sendRequest } from "../fixtures/asking";
import { cut, notAPicture, photoOfCard, scanOf, tooLarge } from "../fixtures/card";
import { choose } from "../fixtures/choose";
import { runOut } from "../fixtures/lapse";
import { mails, mailTo } from "../fixtures/mail";
import { fillSignIn, patients, signInPatient } from "../fixtures/people";

const headline = (page: Page) => page.getByRole("heading", { level: 1 });

const answer = (page: Page, question: string) =>
  page.getByRole("main").locator("dl > div").filter({ has: page.getByText(question, { exact: true }) });

/** Where a form is posted to, and all that it would send, the page's own token among it. */
async function formOn(page: Page, button: string): Promise<{ action: string; fields: Record<string, string> }> {
  const form = page.locator("form").filter({ has: page.getByRole("button", { name: button }) });
  const fields: Record<string, string> = {};
  for (const field of await form.locator("input, textarea").all()) fields[(await field.getAttribute("name"))!] = await field.inputValue();
  return { action: (await form.getAttribute("action"))!, fields };
}

/** As the browser would post it; the answer is where it leads. */
async function post(page: Page, action: string, form: Record<string, string>): Promise<string> {
  const headers = { origin: new URL(page.url()).origin, referer: page.url(), accept: "text/html" };
  const answer = await page.request.post(action, { form, headers, maxRedirects: 0 });
  expect([302, 303], "a plain form is answered by an address").toContain(answer.status());
  return answer.headers()["location"]!;
}

async function begin(page: Page, email: string): Promise<void> {
  await signInPatient(page, email);
  await page.goto("/requests/new");
  await page.getByRole("button", { name: "Start" }).click();
}

test("a session that runs out in the middle of a form leads to signing in and back to what was typed", async ({ page, inspect }) => {
  const { email } = patients.wei;
  await begin(page, email);
  await fillName(page, "Wei “Zo” Li");
  await page.getByLabel("Other names you had").fill("Zoe Martin\nZoë Delacroix");
  await runOut(page);
  await goOn(page);
  await expect(page).toHaveURL(/\/sign-in\?next=/);
  await fillSignIn(page, email);
  await expect(headline(page)).toHaveText("What is your name?");
  await expect(page.getByLabel("Your full name")).toHaveValue("Wei “Zo” Li");
  await expect(page.getByLabel("Other names you had")).toHaveValue("Zoe Martin\nZoë Delacroix");
  await expect(page.getByRole("alert")).toContainText("Your time ran out before this was sent.");
  await inspect("form-ended");
  await goOn(page);
  await expect(headline(page)).toHaveText("What is your date of birth?");
});

test.describe("who has signed out", () => {
  test.use({ expectedErrors: [/status of 404/] }); // what is not theirs does not exist

  test("leaves nothing of a form to whoever sits down next", async ({ page }) => {
    await begin(page, patients.wei.email);
    await fillName(page, "Wei “Zo” Li");
    const other = await page.context().newPage();
    await other.goto("/requests");
    await other.getByRole("button", { name: "Sign out" }).click();
    await expect(headline(other)).toHaveText("You have signed out");
    await goOn(page);
    await expect(page).toHaveURL(/\/sign-in\?next=/);
    await fillSignIn(page, patients.bridget.email);
    await expect(page.getByRole("button", { name: "Sign out" })).toBeVisible();
    expect(await page.content()).not.toContain("“Zo”");
    await expect(page.getByRole("heading", { name: "What is your name?" })).toHaveCount(0);
  });
});

test.describe("the last step", () => {
  test.use({ expectedErrors: [/status of 409/] }); // there is no draft to sign any more

  test("sent several times at once makes one request", async ({ page }) => {
    const { email, name } = patients.amina;
    await signInPatient(page, email);
    const address = await fillRequest(page, { name, born: ["5", "6", "1977"], kinds: ["Vaccines"] });
    await page.getByLabel("Type your full name to sign").fill(name);
    const { action, fields } = await formOn(page, "Send my request");
    const led = await Promise.all([1, 2, 3].map(() => post(page, action, fields)));
    expect(new Set(led.map((to) => new URL(to, page.url()).pathname)), "each is told the same").toEqual(new Set([`${address}/sent`]));

    // and by the page that still stands there, with a key of its own
    const other = await page.context().newPage();
    await other.goto(`${address}/ask/check`);
    await expect(headline(other)).toHaveText("You have sent this request already");
    await expect(other.getByRole("button", { name: "Send my request" })).toHaveCount(0);
    await page.getByRole("button", { name: "Send my request" }).click();
    await expect(headline(page)).toHaveText("We have your request");
    const number = await numberOn(page);
    await page.goto("/requests");
    await expect(page.locator(`a[href="${address}"]`)).toHaveCount(1);
    await mailTo(email, new RegExp(`We have your request \\(${number}\\)`));
    expect(mails(email).filter((mail) => mail.includes(`Subject: We have your request (${number})`)).length, "mails about it").toBe(1);
    await page.goto(address);
    await expect(page.getByText("You sent this request.")).toHaveCount(1);
  });
});

test("fields that a form does not have change nothing", async ({ page }) => {
  await begin(page, patients.lukasz.email);
  await fillName(page, "Zoë Martin-Delacroix");
  const { action, fields } = await formOn(page, "Continue");
  const address = new URL(page.url()).pathname.replace(/\/ask\/name$/, "");
  const more = { birth_month: "1", birth_day: "2", birth_year: "1980", scope: "everything", delivery: "portal", signed_name: "X", status: "released", patient: "1", role: "clerk" };
  const led = await post(page, action, { ...fields, ...more });
  expect(new URL(led, page.url()).pathname).toBe(`${address}/ask/birth-date`);
  await page.goto(`${address}/ask/check`);
  await expect(answer(page, "Your name")).toContainText("Zoë Martin-Delacroix");
  for (const question of ["Your date of birth", "Which records", "How to get your copy"]) {
    await expect(answer(page, question), question).toContainText("Not provided");
  }
});

test("a form without the page's token is not carried out, and what was typed comes back", async ({ page }) => {
  await begin(page, patients.lukasz.email);
  await fillName(page, "Zoë Martin-Delacroix");
  const { action, fields } = await formOn(page, "Continue");
  const led = await post(page, action, { ...fields, token: "AAAA" });
  await page.goto(led);
  await expect(page.getByRole("alert")).toContainText("What you typed is still here");
  await expect(page.getByLabel("Your full name")).toHaveValue("Zoë Martin-Delacroix");
});

test("a photo that cannot be taken says why, and nothing of it is kept", async ({ page, inspect, browser }) => {
  const { email, name } = patients.bridget;
  await signInPatient(page, email);
  const address = await fillRequest(page, { name, born: ["4", "5", "1990"], kinds: ["Allergies"] });
  await sendRequest(page, name);
  const photo = await photoOfCard(browser, name, "4/5/1990");
  for (const [what, file, says] of [
    ["no-picture", notAPicture, "We cannot read this kind of file. Send a photo (JPEG or PNG), a TIFF or a PDF."],
    ["cut", cut(photo), "The end of this file is missing. Take the photo again, or choose the file once more."],
    ["large", await tooLarge(photo, test.info().outputPath("large.jpg")), "This file is too big: it may have up to 15 MB. Take the photo again at a lower resolution, or scan it at a lower quality."],
    ["long", await scanOf(browser, 5), "This file has more than 4 pages. Send only the pages that show your ID, at most 4."],
  ] as const) {
    await page.goto(`${address}/evidence`);
    await page.getByLabel("The photo").setInputFiles(file);
    await page.getByRole("button", { name: "Send this photo" }).click();
    await expect(page.getByRole("alert").first(), what).toContainText(says);
    await expect(page.getByLabel("The photo"), what).toHaveAttribute("aria-invalid", "true");
    if (what === "cut") await inspect("evidence-failed");
  }
  await page.goto(address);
  await expect(page.getByText("We got the picture of your ID.")).toHaveCount(0);
  await page.goto(`${address}/evidence`);
  await page.getByLabel("The photo").setInputFiles(photo);
  await page.getByRole("button", { name: "Send this photo" }).click();
  await expect(page).toHaveURL(new RegExp(`${address}$`));
  await expect(page.getByText("You have sent 1 picture.")).toBeVisible();
});

test("an answer that changed in another tab is not signed unseen", async ({ page, inspect }) => {
  const { email, name } = patients.georgia;
  await signInPatient(page, email);
  const address = await fillRequest(page, { name, born: ["4", "5", "1990"], kinds: ["Allergies"] });
  await page.getByLabel("Type your full name to sign").fill(name);

  const tab = await page.context().newPage();
  await tab.goto(`${address}/ask/records?change=1`);
  await choose(tab, "Everything you hold about me");
  await goOn(tab);
  await expect(headline(tab)).toHaveText("Check your answers before sending");

  await page.getByRole("button", { name: "Send my request" }).click();
  await expect(page.getByRole("alert")).toContainText("Somebody else changed this while you were working.");
  await expect(page.getByLabel("Type your full name to sign")).toHaveValue(name);
  await expect(answer(page, "Which records")).toContainText("Everything");
  await inspect("ask-check-moved-on");
  await page.goto("/requests");
  await expect(page.locator(`a[href="${address}/ask/check"]`), "it was not sent").toHaveText(/^Go on with this request/);
});
