// The patient's half, which has to work whether or not the browser runs scripts.
import type { Page } from "@playwright/test";
import { expect, test } from "../fixtures";
import { fillBirthDate, fillName, fillRequest, goOn, numberOn, sendRequest } from "../fixtures/asking";
import { photoOfCard } from "../fixtures/card";
import { ask, claim, openCase, tab } from "../fixtures/cases";
import { choose } from "../fixtures/choose";
import { download, isPdfSaying } from "../fixtures/copy";
import { mailTo } from "../fixtures/mail";
import { join, newAddress, patients, signInPatient, signInStaff, staff } from "../fixtures/people";

const headline = (page: Page) => page.getByRole("heading", { level: 1 });

/** A row of the answers, by its question. */
const answer = (page: Page, question: string) =>
  page.getByRole("main").locator("dl > div").filter({ has: page.getByText(question, { exact: true }) });

test("a request that is begun is kept, and goes on where it was left", async ({ page, another, inspect }) => {
  const { email, name } = patients.john;
  await signInPatient(page, email);
  await page.goto("/requests/new");
  await page.getByRole("button", { name: "Start" }).click();
  await fillName(page, name);
  const address = new URL(page.url()).pathname.replace(/\/ask\/name$/, "");
  await page.getByLabel("Other names you had").fill("John O’Keefe-Smith\nJohn Ångström");
  await goOn(page);
  await fillBirthDate(page, ["July", "14", "1961"]);
  await page.getByRole("button", { name: "Save and finish later" }).click();
  await expect(page).toHaveURL(/\/requests$/);
  await expect(page.getByRole("heading", { name: "Not sent yet" })).toBeVisible();
  await inspect("requests-draft");

  const elsewhere = await another();
  await signInPatient(elsewhere, email);
  await elsewhere.getByRole("link", { name: "Go on with this request" }).and(elsewhere.locator(`[href="${address}/ask/check"]`)).click();
  await expect(answer(elsewhere, "Other names")).toContainText("John O’Keefe-Smith");
  await expect(answer(elsewhere, "Other names")).toContainText("John Ångström");
  await expect(answer(elsewhere, "Your date of birth")).toContainText("July 14, 1961");
  await expect(elsewhere.getByRole("heading", { name: "Some answers are missing" })).toBeVisible();
  await expect(elsewhere.getByRole("button", { name: "Send my request" }), "nothing that is unfinished can be sent").toHaveCount(0);
  await inspect("ask-check-missing", elsewhere);
});

test("what cannot be read comes back as it was typed, and a changed answer leads back to the answers", async ({ page, inspect }) => {
  const { email, name } = patients.james;
  await signInPatient(page, email);
  await page.goto("/requests/new");
  await page.getByRole("button", { name: "Start" }).click();
  await fillName(page, name);
  await goOn(page);
  await fillBirthDate(page, ["2", "30", "1975"]);
  await goOn(page);
  await expect(page).toHaveTitle(/^Error: /);
  await expect(page.getByRole("alert")).toContainText("There is no such day in that month.");
  await expect(page.getByLabel("Day", { exact: true })).toHaveValue("30");
  await inspect("ask-birth-date-failed");

  await fillRequest(page, { name, born: ["11", "2", "1975"], kinds: ["Bills"] });
  await page.getByRole("link", { name: "Change Which records" }).click();
  await expect(page.getByLabel("Bills", { exact: true })).toBeChecked();
  await choose(page, "Medicines");
  await goOn(page);
  await expect(headline(page)).toHaveText("Check your answers before sending");
  await expect(answer(page, "Which records")).toContainText("Medicines");
  await page.getByLabel("Type your full name to sign").fill("Somebody Else");
  await page.getByRole("button", { name: "Send my request" }).click();
  await expect(page.getByRole("alert")).toBeVisible();
  await expect(page.getByLabel("Type your full name to sign")).toHaveValue("Somebody Else");
  await inspect("ask-sign-failed");
});

test("somebody asks, follows it, takes it back and changes their mind", async ({ page, inspect }, info) => {
  const email = newAddress(info);
  await join(page, email, "Alex Petrov");
  const address = await fillRequest(page, { name: "Alex Petrov", born: ["3", "8", "1999"] });
  const number = await sendRequest(page, "Alex Petrov");
  await mailTo(email, /We have your request/);
  await page.getByRole("link", { name: "See where your request stands" }).click();
  await expect(page).toHaveURL(new RegExp(`${address}$`));
  await expect(headline(page)).toHaveText(/^We got your request on /);
  await expect(page.getByText(/^By law you get an answer by /)).toBeVisible();

  await page.getByRole("link", { name: "Take this request back" }).click();
  await expect(headline(page)).toHaveText("Do you want to take this request back?");
  await inspect("withdraw");
  await page.getByRole("button", { name: "Yes, take it back" }).click();
  await expect(headline(page)).toHaveText(/^This request was closed on .* You took this request back\.$/);
  await inspect("status-withdrawn");
  await page.getByRole("button", { name: "Undo: go on with my request" }).click();
  await expect(headline(page)).toHaveText(/^We got your request on /);
  await expect(page.getByText("You changed your mind, and we go on with this request.")).toBeVisible();
  expect(await numberOn(page), "it is the same request").toBe(number);
  await page.goto("/requests");
  await expect(page.getByRole("row").filter({ hasText: number.replace(/ /g, "\u00a0") })).toHaveCount(1);
  await inspect("requests-open");
});

test("a question is answered in words, another by a photo", async ({ page, another, inspect, browser }) => {
  const { email, name } = patients.sukarno;
  await signInPatient(page, email);
  const address = await fillRequest(page, { name, born: ["8", "17", "1969"], kinds: ["Lab results"] });
  const number = await sendRequest(page, name);

  const clerk = await another();
  await signInStaff(clerk, staff.priya);
  await openCase(clerk, number, name);
  await claim(clerk);
  await ask(clerk, { about: "to know which records you mean", message: "Of which year are the results that you want?", ways: ["Write your answer here", "Call us"] });

  await page.goto(address);
  await expect(headline(page)).toHaveText("We need one thing from you: to know which records you mean.");
  await page.getByRole("link", { name: "Write your answer" }).click();
  await page.getByRole("button", { name: "Send my answer" }).click();
  await expect(page.getByRole("alert")).toContainText("Fill in this answer.");
  await inspect("answer-failed");
  await page.getByLabel("Your answer").fill("All of 2024, please.\nThe ones from “Dr. O’Hara”.");
  await page.getByRole("button", { name: "Send my answer" }).click();
  await expect(page).toHaveURL(new RegExp(`${address}$`));
  await expect(headline(page)).toHaveText("We are making sure that we have the right person and the right records.");
  await mailTo(email, new RegExp(`we go on with your request \\(${number}\\)`));

  await tab(clerk, "History");
  await expect(clerk.getByText("All of 2024, please. The ones from “Dr. O’Hara”."), "the clerk reads the answer itself").toBeVisible();
  await inspect("case-history", clerk);
  await tab(clerk, "Overview");
  await ask(clerk, { about: "a clearer picture of your ID", message: "Please send a photo of your ID.", ways: ["Send a photo from your phone", "Come to our desk"] });

  await page.goto(`${address}/evidence`);
  await page.getByRole("button", { name: "Send this photo" }).click();
  await expect(page.getByRole("alert")).toContainText("Choose a file.");
  await page.getByLabel("The photo").setInputFiles(await photoOfCard(browser, name, "8/17/1969"));
  await page.getByRole("button", { name: "Send this photo" }).click();
  await expect(page).toHaveURL(new RegExp(`${address}$`));
  await expect(headline(page)).toHaveText("We are making sure that we have the right person and the right records.");
  await expect(page.getByText("We got the picture of your ID.")).toBeVisible();
  await tab(clerk, "Identity");
  await expect(clerk.getByRole("img", { name: /identity document that was sent in/ })).toHaveCount(1);
});

test("a copy that is ready is opened and saved, in the reader's language", async ({ page, inspect }) => {
  // prepared in the demo hospital; opening it twice is as good as once, so both projects can
  await page.goto("/sign-in");
  await page.getByRole("button", { name: "Español" }).click();
  await signInPatient(page, "maria@mail.example");
  await inspect("requests-es");
  await page.getByRole("row").filter({ hasText: /Respuesta lista|Ya tiene nuestra respuesta/ }).getByRole("link").click();
  await expect(headline(page)).toHaveText(/^(Sus expedientes están listos desde el|Usted abrió sus expedientes el) /);
  await expect(page.getByRole("heading", { name: "Su copia está lista" })).toBeVisible();
  await expect(page.getByText("de lunes a viernes, de 8 a. m. a 4:30 p. m."), "in the page and its footer").toHaveCount(2);
  await expect(page.getByText("Monday")).toHaveCount(0);
  await inspect("status-ready-es");
  await isPdfSaying(await download(page, "Abrir y descargar Sus expedientes"), "Núñez Ortega");
  await page.reload();
  await expect(headline(page)).toHaveText(/^Usted abrió sus expedientes el /);
  await expect(page.getByText(/^La abrió por primera vez el /)).toBeVisible();
  await inspect("status-delivered-es");
});
