import { defineConfig } from "@playwright/test";

const origin = process.env.PORTAL_ORIGIN;
if (!origin) throw new Error("PORTAL_ORIGIN is not set: run the journeys with ./dev test browser, or give the address of a demo server.");

const root = process.getuid?.() === 0;

// Nothing may leave the machine: a name that is not the portal's does not resolve, and the fixtures see the attempt.
const flags = [
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--no-first-run",
  "--disable-quic",
  "--disable-dev-shm-usage",
  "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE localhost , EXCLUDE 127.0.0.1",
  ...(root ? ["--no-sandbox"] : []),
];

export default defineConfig({
  testDir: "tests",
  outputDir: "results/failures",
  fullyParallel: true,
  forbidOnly: Boolean(process.env.CI),
  retries: 0, // a journey that passes the second time has a defect that the first time showed
  workers: 2,
  timeout: 120_000, // a page that is inspected is drawn four times and judged
  expect: { timeout: 10_000 },
  reporter: [["list"], ["json", { outputFile: "results/journeys.json" }]],
  use: {
    baseURL: origin,
    locale: "en-US",
    timezoneId: "America/New_York",
    actionTimeout: 15_000,
    screenshot: "only-on-failure",
    trace: "retain-on-failure",
    // the system's browser: none is ever downloaded
    launchOptions: { executablePath: process.env.PORTAL_CHROMIUM ?? "/usr/bin/chromium-headless-shell", args: flags },
  },
  projects: [
    { name: "js" },
    { name: "no-js", use: { javaScriptEnabled: false }, testIgnore: /\.hydrate\.spec\.ts$/ },
  ],
});
