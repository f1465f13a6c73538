// A printed copy that waits in its envelope: handed out at the front desk against an ID and a signature.
import type { Page } from "@playwright/test";
import { expect, test } from "../fixtures";
import { choose } from "../fixtures/choose";
import { mailTo } from "../fixtures/mail";
import { signInPatient, signInStaff, staff } from "../fixtures/people";

const dorothy = "dorothy@mail.example";

/** From the number that the visitor reads out of her mail to the page where her copy is handed out. */
async function findPrintedCopy(page: Page, number: string): Promise<void> {
  await signInStaff(page, staff.desk);
  await page.goto("/front-desk");
  await page.getByLabel("Number, name or date of birth").fill(number);
  await choose(page, "Somebody is at the desk");
  await page.getByRole("button", { name: "Look up" }).click();
  await choose(page, "What is your full name?");
  await choose(page, "What is your date of birth?");
  await page.getByRole("button", { name: "Go on" }).click();
  await expect(page.getByText(/^Your records have been ready since .* We print them for you: come to our desk /)).toBeVisible();
  await page.getByRole("link", { name: "Hand out the printed copy" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Hand out a printed copy");
}

test("the front desk hands out a printed copy once the ID and the signature are recorded", async ({ page, another, inspect, javaScriptEnabled }) => {
  test.skip(javaScriptEnabled ?? true, "one printed copy waits in the demo hospital, and these pages have no island: the browser without scripts hands it out");
  const number = (await mailTo(dorothy, /Our answer is ready \(\d{3} \d{3} \d{4}\)/)).match(/\d{3} \d{3} \d{4}/)![0];
  await findPrintedCopy(page, number);
  await inspect("hand-out");

  // a second person at the desk has the same page open
  const colleague = await another();
  await findPrintedCopy(colleague, number);

  await choose(page, "Something else");
  await page.getByLabel("Name signed on the receipt").fill("D. M. Abernathy");
  await page.getByRole("button", { name: "Handed out" }).click();
  await expect(page).toHaveTitle(/^Error: /);
  await expect(page.getByRole("alert").getByRole("link")).toHaveCount(1);
  await expect(page.getByLabel("If it is something else: what")).toHaveAttribute("aria-invalid", "true");
  await expect(page.getByRole("radio", { name: "Something else" })).toBeChecked();
  await expect(page.getByLabel("Name signed on the receipt")).toHaveValue("D. M. Abernathy");
  await inspect("hand-out-failed");

  await page.getByLabel("If it is something else: what").fill("Library card with her photo");
  await page.getByRole("button", { name: "Handed out" }).click();
  await expect(page.getByRole("heading", { name: "This copy has been handed out" })).toBeVisible();
  await expect(page.getByText("Handed out by Fern Delgado")).toBeVisible();
  await inspect("handed-out");

  await choose(colleague, "Passport");
  await colleague.getByLabel("Name signed on the receipt").fill("Dorothy Abernathy");
  await colleague.getByRole("button", { name: "Handed out" }).click();
  await expect(colleague.getByRole("alert"), "an envelope is handed out once").toBeVisible();
  await expect(colleague.getByRole("heading", { name: "This copy has been handed out" })).toBeVisible();

  const patient = await another();
  await signInPatient(patient, dorothy);
  await patient.getByRole("row").filter({ hasText: number.replace(/ /g, "\u00a0") }).getByRole("link").click();
  await expect(patient.getByRole("heading", { level: 1 })).toHaveText(/^You picked up your records on /);
  await inspect("status-picked-up", patient);
});
