// A request that came by mail: scanned, entered with the day on which it came, and read by the clerk beside who asks; its
// notice goes out as a letter.
import { expect, test } from "../fixtures";
import { cut, notAPicture, photoOfCard } from "../fixtures/card";
import { claim, openCase, tab } from "../fixtures/cases";
import { choose } from "../fixtures/choose";
import { signInStaff, staff } from "../fixtures/people";

// in the demo hospital's charts, without an account
const name = "Hubert Blaine Wolfeschlegelsteinhausenbergerdorff";

test("what came on paper is entered with its scan, and the clerk reads it", async ({ page, another, inspect, browser }) => {
  test.setTimeout(180_000);
  const scan = await photoOfCard(browser, name, "8/4/1966");
  await signInStaff(page, staff.desk);
  await page.goto("/front-desk/enter");
  await expect(page.getByRole("radio", { name: "On paper, by mail or fax" }), "nothing on paper without its scan").toHaveCount(0);
  // the scan may come in the middle: what was typed before it stays
  const phone = page.getByLabel("Phone", { exact: true });
  const received = page.getByRole("group", { name: "On which day did it come?" }).getByLabel("Year");
  const today = await received.inputValue();
  expect(today, "today is offered").toMatch(/^\d{4}$/);
  await phone.fill("312 555 0199");
  await choose(page, "Everything");
  await phone.press("Enter");
  await expect(page.getByRole("alert"), "the Enter key enters the request").toContainText("Fill in this answer.");
  await expect(page.getByRole("alert")).not.toContainText("Choose a file.");
  for (const [file, said] of [[notAPicture, /We cannot read this kind of file/], [cut(scan), /The end of this file is missing/]] as const) {
    const form = page.getByLabel("The scanned form");
    if (!(await form.isVisible())) await page.getByText("It came on paper: scan it first").click();
    await form.setInputFiles(file);
    await page.getByRole("button", { name: "Attach the form" }).click();
    await expect(page.getByRole("alert").getByText(said)).toBeVisible();
    await expect(phone).toHaveValue("312 555 0199");
    await expect(received).toHaveValue(today);
  }
  await inspect("enter-scan-failed");
  await page.getByLabel("The scanned form").setInputFiles({ ...scan, name: "fax.jpg" });
  await page.getByRole("button", { name: "Attach the form" }).click();
  await expect(page.getByRole("heading", { name: "The form is attached: 1 page" })).toBeVisible();
  await expect(page.getByRole("radio", { name: "On paper, by mail or fax" })).toBeChecked();
  await expect(phone).toHaveValue("312 555 0199");
  await expect(page.getByRole("radio", { name: "Everything", exact: true })).toBeChecked();
  await expect(received).toHaveValue(today);
  await inspect("enter-on-paper");

  // the name is missing: what was typed and what was scanned stay
  const birth = page.getByRole("group", { name: "Date of birth" });
  await birth.getByLabel("Month").fill("8");
  await birth.getByLabel("Day").fill("4");
  await birth.getByLabel("Year").fill("1966");
  await choose(page, "All of it");
  await choose(page, "English");
  await page.getByRole("button", { name: "Enter the request" }).click();
  await expect(page).toHaveTitle(/^Error: /);
  await expect(page.getByRole("heading", { name: "The form is attached: 1 page" })).toBeVisible();
  await expect(phone).toHaveValue("312 555 0199");
  await page.getByLabel("Full name").fill(name);
  await page.getByRole("button", { name: "Enter the request" }).click();
  const number = (await page.getByText(/^\d{3}\s\d{3}\s\d{4}$/).first().innerText()).replace(/\s/g, " ");
  await inspect("entered");

  const clerk = await another();
  await signInStaff(clerk, staff.priya);
  await openCase(clerk, number, name);
  await claim(clerk);
  await tab(clerk, "Identity");
  const form = clerk.getByRole("img", { name: /A page of the request form on paper/ });
  await expect(form).toHaveJSProperty("complete", true);
  expect(await form.evaluate((image: HTMLImageElement) => image.naturalWidth), "the width of the scan").toBeGreaterThan(100);
  await inspect("case-identity-on-paper", clerk);

  // without an e-mail address the notice is a letter: the desk's page lists it, and the case leads to it
  await tab(clerk, "History");
  await clerk.getByRole("link", { name: "Open the notice to print" }).click();
  await expect(clerk.getByRole("article")).toContainText("say your request number");
  await expect(clerk.getByRole("article"), "they have no account").not.toContainText(/sign in/i);
  await page.goto("/front-desk");
  const row = page.getByRole("table", { name: "Letters to print and mail" }).getByRole("row").filter({ hasText: number.replace(/ /g, "\u00a0") });
  await inspect("front-desk-letters");
  await row.getByRole("link", { name: "We have your request" }).click();
  await inspect("letter");
  await page.getByRole("button", { name: "I have printed and mailed it" }).click();
  await expect(page).toHaveURL(/\/front-desk$/);
  await expect(row).toHaveCount(0);
  await clerk.goBack();
  await clerk.reload();
  await expect(clerk.getByText("We printed a letter for you and mailed it or gave it to you: we have your request.")).toBeVisible();
});
