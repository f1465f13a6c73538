import type { Page } from "@playwright/test";
import { expect, test } from "../fixtures";
import { mailTo } from "../fixtures/mail";
import { newAddress as address, password } from "../fixtures/people";

async function register(page: Page, email: string, name: string): Promise<void> {
  await page.goto("/register");
  await page.getByLabel("Your full name").fill(name);
  await page.getByLabel("Email address").fill(email);
  await page.getByLabel("Choose a password").fill(password);
  await page.getByLabel("The same password again").fill(password);
  await page.getByRole("button", { name: "Create my account" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Look in your mail");
}

test("somebody creates an account, opens it by the mailed link, signs in and out", async ({ page, inspect }, info) => {
  const email = address(info);
  await page.goto("/");
  await page.getByRole("link", { name: "Ask for your records" }).click();
  await inspect("register");
  await register(page, email, "María del Carmen O'Keefe");
  await inspect("register-sent");

  await page.goto(await mailTo(email, /http:\/\/\S+\/account\/open\S+/));
  await inspect("account-open");
  await page.getByLabel("Password").fill("these are not the words");
  await page.getByRole("button", { name: "Open my account" }).click();
  await expect(page.getByRole("alert")).toContainText("not the password that was chosen");
  await inspect("account-open-failed");
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Open my account" }).click();
  await inspect("account-opened");
  await page.getByRole("main").getByRole("link", { name: "Sign in" }).click();
  await inspect("sign-in");
  await page.getByLabel("Email address").fill(email);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page).toHaveURL(/\/requests$/);
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("You have signed out");
  await inspect("signed-out");
});

test("staff come in by a page of their own", async ({ page, inspect }) => {
  await page.goto("/staff/sign-in");
  await expect(page.getByLabel("Password")).toBeVisible();
  await inspect("staff-sign-in");
});

test("an address that has an account reads the same on the page, and its mail says so", async ({ page }, info) => {
  const email = address(info);
  await register(page, email, "Ana Ruiz");
  await page.goto(await mailTo(email, /http:\/\/\S+\/account\/open\S+/));
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Open my account" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Your account is open");
  await register(page, email, "Somebody Else");
  await mailTo(email, /already|have an account/i);
});

test("what is wrong with a form is said on top and beside, and nothing typed is lost", async ({ page, inspect }) => {
  await page.goto("/register");
  await page.getByLabel("Your full name").fill("Ana Ruiz");
  await page.getByLabel("Email address").fill("ana at mail");
  await page.getByLabel("Choose a password").fill("short");
  await page.getByRole("button", { name: "Create my account" }).click();
  await expect(page).toHaveTitle(/^Error: /);
  await expect(page.getByRole("alert").getByRole("link")).toHaveCount(2);
  await expect(page.getByLabel("Your full name")).toHaveValue("Ana Ruiz");
  await expect(page.getByLabel("Email address")).toHaveValue("ana at mail");
  await expect(page.getByLabel("Choose a password")).toHaveValue("");
  await inspect("register-failed");
});

test("a wrong password says what to do", async ({ page, inspect }) => {
  await page.goto("/sign-in");
  await page.getByLabel("Email address").fill("nobody@mail.example");
  await page.getByLabel("Password").fill("these are not the words");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("alert")).toContainText("does not fit");
  await expect(page.getByLabel("Email address")).toHaveValue("nobody@mail.example");
  await inspect("sign-in-failed");
});

test("a link that was used says so", async ({ page, inspect }, info) => {
  const email = address(info);
  await register(page, email, "Ana Ruiz");
  const link = await mailTo(email, /http:\/\/\S+\/account\/open\S+/);
  for (const once of ["open", "again"]) {
    await page.goto(link);
    await page.getByLabel("Password").fill(password);
    await page.getByRole("button", { name: "Open my account" }).click();
    if (once === "again") await inspect("account-link-over");
  }
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("This link does not work any more");
});

test("the pages speak Spanish to whoever wants it, and stay where they are", async ({ page, inspect }) => {
  await page.goto("/register");
  await page.getByRole("button", { name: "Español" }).click();
  await expect(page).toHaveURL(/\/register$/);
  await expect(page.locator("html")).toHaveAttribute("lang", "es");
  await inspect("register-es");
  await page.goto("/");
  await inspect("front-page-es");
});
