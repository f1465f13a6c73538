// One request from the first page to the last entry of the trail, by everybody who has a hand in it.
import type { Page } from "@playwright/test";
import { expect, test } from "../fixtures";
import { fillRequest, sendRequest } from "../fixtures/asking";
import { photoOfCard } from "../fixtures/card";
import { ask, claim, openCase, tab } from "../fixtures/cases";
import { choose } from "../fixtures/choose";
import { download, isPdfSaying } from "../fixtures/copy";
import { mailTo } from "../fixtures/mail";
import { join, newAddress, signInStaff, staff } from "../fixtures/people";

// in the demo hospital's charts, without an account; her chart holds a scan without text, which the page check asks about
const name = "Thị Minh Khai Nguyễn";

const headline = (page: Page) => page.getByRole("heading", { level: 1 });

/** Marks the page that is open: a reload would lose the mark. */
async function mark(page: Page): Promise<void> {
  await page.evaluate(() => Object.assign(globalThis, { marked: true }));
}

async function isStillOpen(page: Page): Promise<void> {
  expect(await page.evaluate(() => "marked" in globalThis), "the page changed without a reload").toBe(true);
}

/** Of nothing in a mail may anybody learn what is in the record. */
const health = /lab|patholog|surger|specialist|result|diagnos|nguy/i;

test("a request goes its whole way, from an account to a copy that is opened, and the trail tells it", async ({ page, another, inspect, browser }, info) => {
  test.setTimeout(600_000); // some forty pages are inspected: six minutes on two busy cores
  const email = newAddress(info);
  let number = "";
  let status = "";

  await test.step("a patient creates an account and asks", async () => {
    await join(page, email, name);
    await inspect("requests-none");
    const kinds = ["Lab results", "Specialist letters", "Surgery reports", "Tissue and cell tests (pathology)"];
    await fillRequest(page, { name, born: ["10", "10", "1972"], kinds, help: "Large print, please." }, inspect);
    number = await sendRequest(page, name);
    await expect(page.getByText(/You can send a photo of it now, or show it at our desk\.$/)).toBeVisible();
    await inspect("ask-sent");
    await mailTo(email, /We have your request[\s\S]*You can send a photo of it now/);
    await page.getByRole("link", { name: "See where your request stands" }).click();
    await expect(headline(page)).toHaveText(/^We got your request on /);
    await inspect("status-received");
    status = page.url();
    await mark(page);
  });

  const clerk = await another();
  await test.step("a clerk takes it, and the patient's open page says so", async () => {
    await signInStaff(clerk, staff.carla);
    await inspect("queue", clerk);
    await openCase(clerk, number, name);
    await inspect("case-unclaimed", clerk);
    // whoever reads by keys has opened what they asked for, and stands there
    const asked = page.locator("summary", { hasText: "What you asked for" });
    await asked.focus();
    await asked.press("Enter");
    await expect(page.locator("details", { has: asked })).toHaveAttribute("open");
    await claim(clerk);
    await inspect("case", clerk);
    await expect(headline(page)).toHaveText("We are making sure that we have the right person and the right records.");
    await isStillOpen(page);
    await expect(asked, "the focus stays where it was").toBeFocused();
    await expect(page.locator("details", { has: asked }), "what was opened stays open").toHaveAttribute("open");
    await expect(page).toHaveTitle(/^We are making sure that we have the right person and the right records/);
  });

  await test.step("the clerk asks for a photo; the patient's page and mail say that something is needed", async () => {
    await clerk.getByRole("link", { name: "Ask the patient" }).click();
    await inspect("case-ask", clerk);
    await clerk.goBack();
    await ask(clerk, {
      about: "a clearer picture of your ID",
      message: "Please send a photo of your driver license, with all four corners in the picture.",
      ways: ["Send a photo from your phone", "Come to our desk"],
    });
    await inspect("case-question", clerk);
    await expect(headline(page)).toHaveText("We need one thing from you: a clearer picture of your ID.");
    await expect(page.getByText("with all four corners in the picture")).toBeVisible();
    await isStillOpen(page);
    await inspect("status-question");
    const mail = await mailTo(email, /We need one thing from you[\s\S]*/);
    expect(mail).not.toMatch(/four corners|driver license/);
  });

  await test.step("the patient sends the photo and sees how much has arrived", async () => {
    await page.getByRole("main").getByRole("link", { name: "Send a photo of your ID" }).click();
    await inspect("evidence");
    await page.getByLabel("The photo").setInputFiles(await photoOfCard(browser, name, "10/10/1972"));
    const network = await page.context().newCDPSession(page);
    const slowly = { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: 20_000 };
    await network.send("Network.emulateNetworkConditions", slowly);
    await page.getByRole("button", { name: "Send this photo" }).click({ noWaitAfter: true });
    await expect(page.getByRole("progressbar", { name: "Sending your file:" })).toBeVisible();
    await expect(page).toHaveURL(status);
    await network.send("Network.emulateNetworkConditions", { ...slowly, uploadThroughput: -1 });
    await expect(headline(page)).toHaveText("We are making sure that we have the right person and the right records.");
    await expect(page.getByText("You answered our question.")).toBeVisible();
    await mailTo(email, new RegExp(`we go on with your request \\(${number}\\)`));
  });

  await test.step("the clerk matches the chart among its candidates, and compares the photo with it", async () => {
    await tab(clerk, "Overview");
    await clerk.getByRole("link", { name: "Find the chart" }).click();
    await expect(clerk.getByRole("radio", { checked: true }), "no chart is chosen beforehand").toHaveCount(0);
    await inspect("case-chart", clerk);
    await choose(clerk, new RegExp(`^${name}, \\d+$`));
    await clerk.getByRole("button", { name: "Match the chosen chart" }).click();
    await expect(clerk.getByRole("heading", { name: "Matched to this chart" })).toBeVisible();
    await inspect("case-chart-matched", clerk);

    await tab(clerk, "Overview");
    await clerk.getByRole("link", { name: "Check who asks" }).click();
    const photo = clerk.getByRole("img", { name: /identity document that was sent in/ });
    await expect(photo).toHaveJSProperty("complete", true);
    expect(await photo.evaluate((image: HTMLImageElement) => image.naturalWidth), "the width of the photo").toBeGreaterThan(100);
    await expect(clerk.getByText("Chart: October 10, 1972"), "the chart beside the photo").toBeVisible();
    await inspect("case-identity", clerk);
    await choose(clerk, "Photo of the ID compared");
    await choose(clerk, "Driver license");
    await choose(clerk, "Name");
    await choose(clerk, "Date of birth");
    await clerk.getByRole("button", { name: "Confirm identity" }).click();
    await expect(clerk.getByRole("heading", { name: "Identity is confirmed" })).toBeVisible();
    await inspect("case-identity-confirmed", clerk);
    await expect(headline(page)).toHaveText(/^We are finding your records\./);
  });

  await test.step("the clerk decides every part: given, not found, held elsewhere", async () => {
    await tab(clerk, "Records");
    await inspect("case-records", clerk);
    await clerk.getByRole("button", { name: "Mark all parts with documents as found" }).click();
    await clerk.getByRole("button", { name: "Approve all that is found" }).click();
    const parts = clerk.getByRole("table", { name: "What was asked for" });
    await expect(parts.getByRole("row").filter({ hasText: "Approved" })).toHaveCount(2);

    const documents = clerk.getByRole("table", { name: /^Documents of the matched chart/ });
    await documents.getByText("Leave out…").first().click();
    await documents.getByRole("button", { name: /^It is in the copy already/ }).first().click();
    const leftOut = documents.getByRole("row").filter({ hasText: "Left out: It is in the copy already" });
    await expect(leftOut).toHaveCount(1);
    await inspect("case-records-left-out", clerk);
    await leftOut.getByRole("button", { name: /^Take it in again/ }).click();
    await expect(leftOut).toHaveCount(0);

    await clerk.getByRole("link", { name: /^Not found or elsewhere Operative/ }).click();
    await inspect("case-part", clerk);
    await clerk.getByLabel("Systems and archives searched").fill("Riverside EHR\nFilm archive");
    await expect(clerk.getByLabel("Names searched"), "the names that are known").toHaveValue(name);
    await choose(clerk, "Off-site storage was searched");
    await clerk.getByRole("button", { name: "Nothing was found" }).click();
    await expect(parts.getByRole("row").filter({ hasText: "Operative" })).toContainText("Not found");

    await clerk.getByRole("link", { name: /^Not found or elsewhere Pathology/ }).click();
    await clerk.getByLabel("Who holds it").fill("Lakeside Pathology Laboratory");
    await clerk.getByLabel("How to reach them").fill("(312) 555-0190");
    await clerk.getByRole("button", { name: "Somebody else holds it" }).click();
    await expect(parts.getByRole("row").filter({ hasText: "Pathology" })).toContainText("Held elsewhere");
    await inspect("case-records-decided", clerk);
  });

  await test.step("the copy is built while the page is open; its pages are answered for; it is handed over", async () => {
    await tab(clerk, "Copy");
    await inspect("case-copy-contents", clerk);
    await clerk.getByRole("button", { name: "Build the copy" }).click();
    await expect(clerk.getByRole("heading", { name: "Hand over" })).toBeVisible({ timeout: 120_000 });
    await inspect("case-copy-built", clerk);
    await expect(clerk.getByRole("button", { name: "Hand over to the check" }), "a page waits for its answer").toHaveCount(0);
    for (const finding of await clerk.getByRole("checkbox", { name: /^Page \d+$/ }).all()) await clerk.locator(`label[for="${await finding.getAttribute("id")}"]`).click();
    await clerk.getByLabel("Why these pages belong in the copy").fill("A scan without text. I read her name and date of birth on it.");
    await clerk.getByRole("button", { name: "Keep these pages" }).click();
    await expect(clerk.getByRole("heading", { name: "Pages that were answered for" })).toBeVisible();
    await inspect("case-copy-answered", clerk);
    await clerk.getByRole("button", { name: "Hand over to the check" }).click();
    await expect(clerk.getByRole("heading", { name: "Waits for the check" })).toBeVisible();
    await inspect("case-copy-waits", clerk);
    await expect(headline(page)).toHaveText("A second person is checking that every page is yours.");
  });

  await test.step("whoever built it cannot check it, and reads why", async () => {
    await clerk.getByRole("link", { name: "Go to the check" }).click();
    await expect(clerk.getByText("You had a hand in this copy, so a second person must check it.")).toBeVisible();
    for (const act of ["Seen, next page", "Release this copy", "Send it back"]) {
      await expect(clerk.getByRole("button", { name: act }), act).toHaveCount(0);
    }
    await inspect("case-check-builder", clerk);
  });

  await test.step("another clerk sees every page and releases the copy", async () => {
    const checker = await another();
    await signInStaff(checker, staff.marcus);
    await openCase(checker, number, name);
    await checker.getByRole("link", { name: "Check every page" }).click();
    const sheet = checker.getByRole("img", { name: /, Page \d+ of \d+$/ });
    const pages = Number((await sheet.getAttribute("alt"))!.match(/of (\d+)$/)![1]);
    expect(pages, "pages of the copy").toBeGreaterThan(2);
    for (let seen = 0; seen < pages; seen++) {
      await expect(checker.getByText(`${seen} of ${pages} pages seen`)).toBeVisible();
      await expect(checker.getByRole("button", { name: "Release this copy" }), `with ${seen} pages seen`).toHaveCount(0);
      await expect.poll(() => sheet.evaluate((image: HTMLImageElement) => image.complete && image.naturalWidth), { message: "the page as a picture" }).toBeGreaterThan(300);
      if (seen === 0 || seen === pages - 1) await inspect(seen === 0 ? "case-check-first" : "case-check-last", checker);
      await checker.getByRole("button", { name: "Seen, next page" }).click();
    }
    await expect(checker.getByRole("heading", { name: "You have seen every page" })).toBeVisible();
    await inspect("case-check-seen", checker);
    await checker.getByRole("button", { name: "Release this copy" }).click();
    await expect(headline(checker)).toHaveText("The release");
    await expect(checker.getByText("Marcus Bell").first()).toBeVisible();
    await inspect("case-release", checker);
  });

  await test.step("the patient's page and a mail without health information say that it is ready", async () => {
    await expect(headline(page)).toHaveText(/^Your records have been ready since /);
    await inspect("status-ready");
    const mail = await mailTo(email, /Our answer is ready[\s\S]*/);
    expect(mail).toContain(number);
    expect(mail).not.toMatch(health);
  });

  await test.step("the patient opens the copy, says that everything is there, and the request is closed", async () => {
    await isPdfSaying(await download(page, "Open and download Your records"), name);
    await page.goto(status);
    await expect(headline(page)).toHaveText(/^You opened your records on /);
    await inspect("status-delivered");
    await page.getByRole("button", { name: "Everything is there, close my request" }).click();
    await expect(headline(page)).toHaveText(/^This request was closed on .* You got your records\.$/);
    await inspect("status-closed");
  });

  await test.step("the front desk finds it by its number and reads one sentence aloud, after two things agree", async () => {
    const desk = await another();
    await signInStaff(desk, staff.desk);
    await desk.goto("/front-desk");
    await inspect("front-desk", desk);
    await desk.getByLabel("Number, name or date of birth").fill(number);
    await choose(desk, "Somebody is calling");
    await desk.getByRole("button", { name: "Look up" }).click();
    await inspect("front-desk-found", desk);
    await expect(desk.getByText("This request was closed"), "nothing is told before the check").toHaveCount(0);
    await choose(desk, "What is your full name?");
    await desk.getByRole("button", { name: "Go on" }).click();
    await expect(desk.getByRole("alert")).toContainText(/two/);
    await expect(desk.getByRole("checkbox", { name: "What is your full name?" })).toBeChecked();
    await inspect("front-desk-caller", desk);
    await choose(desk, "What is your date of birth?");
    await desk.getByRole("button", { name: "Go on" }).click();
    await expect(desk.getByRole("heading", { name: "Read this aloud" })).toBeVisible();
    await expect(desk.getByText(/^This request was closed on .* You got your records\./)).toBeVisible();
    await inspect("front-desk-told", desk);
  });

  await test.step("the supervisor finds the release on the trail, and the chain holds", async () => {
    const supervisor = await another();
    await signInStaff(supervisor, staff.susan);
    await supervisor.goto("/oversight");
    await inspect("oversight", supervisor);
    await supervisor.goto("/oversight/trail");
    await inspect("trail", supervisor);
    await supervisor.getByLabel("Request number").fill(number);
    await supervisor.getByLabel("Act").fill("release_package");
    await supervisor.getByRole("button", { name: "Show these" }).click();
    const release = supervisor.getByRole("row").filter({ hasText: "release package" });
    await expect(release).toHaveCount(1);
    await expect(release).toContainText("Marcus Bell");
    await expect(release).toContainText("Done");
    await inspect("trail-release", supervisor);
    await supervisor.getByRole("link", { name: "Verify the trail" }).click();
    await inspect("verify", supervisor);
    await supervisor.getByRole("button", { name: "Verify now" }).click();
    await expect(supervisor.getByRole("heading", { name: "The chain holds" })).toBeVisible({ timeout: 60_000 });
    await inspect("verified", supervisor);
  });
});
