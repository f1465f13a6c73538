// Shows the mails that were written to a folder, oldest first, as their readers see them: mail.mjs FOLDER
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
const folder = process.argv[2];
const time = (name) => statSync(join(folder, name)).mtimeMs;
const names = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(".eml")).sort((a, b) => time(a) - time(b)) : [];
const split = (text) => { const at = text.search(/\r?\n\r?\n/); return at < 0 ? [text, ""] : [text.slice(0, at), text.slice(at).replace(/^\r?\n\r?\n/, "")]; };
const header = (head, name) => (head.replace(/\r?\n[ \t]+/g, " ").match(new RegExp(`^${name}:\\s*(.*)$`, "im"))?.[1] ?? "").trim();
const unquoted = (text) => Buffer.from(text.replace(/=\r?\n/g, "").replace(/=([0-9A-F]{2})/gi, (_, hex) => String.fromCharCode(parseInt(hex, 16))), "latin1").toString();
const words = (text) => text.replace(/\?=\s+=\?/g, "?==?").replace(/=\?utf-8\?([bq])\?(.*?)\?=/gi, (_, kind, body) =>
  kind.toLowerCase() === "b" ? Buffer.from(body, "base64").toString() : unquoted(body.replaceAll("_", " ")));
function readable(mail) {
  const [head, body] = split(mail), type = header(head, "content-type");
  const boundary = type.match(/boundary="?([^";]+)"?/i)?.[1];
  if (boundary) return body.split(`--${boundary}`).slice(1, -1).map((part) => readable(part.replace(/^\r?\n/, ""))).find(Boolean) ?? "";
  if (type && !/^text\/plain/i.test(type)) return "";
  const encoding = header(head, "content-transfer-encoding").toLowerCase();
  return encoding === "base64" ? Buffer.from(body, "base64").toString() : encoding === "quoted-printable" ? unquoted(body) : Buffer.from(body, "latin1").toString();
}
for (const name of names) {
  const mail = readFileSync(join(folder, name), "latin1"), [head] = split(mail);
  console.log("-".repeat(100));
  for (const field of ["Date", "From", "To", "Subject"]) console.log(`${field}: ${words(header(head, field))}`);
  console.log(`\n${readable(mail).trim()}\n`);
}
console.log(names.length === 0 ? "No mail has been sent." : `${names.length} mails, the newest last (${folder}).`);
