// The check of a plan, worked on in place: a row opens its form where it stands, what is sent comes back as the
// check anew, and every deed has a key. Without this file the same links and forms lead to pages of their own.

import { bind, isTyping } from "./keys.js";
import { check, current, focus, go, move, rowOf, rows, see, unfold } from "./rows.js";
import { FIELDS, keep, refill, typed } from "./typed.js";

const LOST = "Mất kết nối, chưa lưu được. Nội dung đang ghi còn nguyên, hãy thử lại.";
const NOT_SAVED = "Chưa lưu được. Nội dung đang ghi còn nguyên, hãy thử lại sau ít phút.";
const LOGGED_OUT = "Phiên làm việc đã hết, chưa lưu được. Đăng nhập ở thẻ khác của trình duyệt, rồi lưu lại.";
const UNSAVED = "chưa lưu";

const closed = new Map(); // address -> a form that was closed with something typed in it
let isLoading = false; // a form is on its way: keys that are pressed meanwhile are not for the page
let open = null; // the form that is open: its box, its address, and the id of its row

let isPointing = false;
document.addEventListener("pointerdown", () => (isPointing = true));
document.addEventListener("keydown", () => (isPointing = false));

// ---- asking the server ------------------------------------------------------------------------------------------

async function ask(address, options = {}) {
  const page = new URLSearchParams(location.search).get("page") ?? ""; // of the indicators; it stays
  const headers = { "X-Part": "yes", "X-Page": page, Accept: "text/html" };
  const answer = await fetch(address, { ...options, headers });
  const said = new DOMParser().parseFromString(await answer.text(), "text/html");
  const isRefused = !answer.ok || answer.headers.has("X-Refused");
  return { answer, isRefused, page: said, fresh: said.getElementById("check"), part: said.querySelector("[data-part]") };
}

const told = document.createElement("p"); // what is read out: it stays while the check is swapped
told.className = "visually-hidden";
told.setAttribute("role", "status");
check().after(told);

function tell(words) {
  told.textContent = words;
  const said = document.getElementById("said");
  if (said && words) said.textContent = words;
}

const flashes = (page, error) =>
  [...page.querySelectorAll(".flash")].filter((flash) => flash.matches(".flash-error") === error);

function refusal(sentence) {
  const flash = document.createElement("p");
  flash.className = "flash flash-error";
  flash.setAttribute("role", "alert");
  flash.textContent = sentence;
  return flash;
}

// Puts what was refused over the form it is about, in place of what was refused before.
function refuse(place, found) {
  place.querySelectorAll(":scope > .flash-error").forEach((old) => old.remove());
  place.prepend(...found);
  if (found[0]) see(found[0]);
}

const isUnsaved = (box) => box.dataset.unsaved === "yes" || typed(box).length > 0;

window.addEventListener("beforeunload", (event) => {
  if (closed.size || (check() && typed(check()).length)) event.preventDefault();
});

// ---- a form in the place of its row -----------------------------------------------------------------------------

function put(row, box) {
  box.dataset.of = row.dataset.row;
  if (row.matches("tr")) row.after(box);
  else row.append(box);
}

function boxed(row, part, heard) {
  const box = document.createElement(row.matches("tr") ? "tr" : "div");
  box.className = "inplace";
  const inside = box.matches("tr") ? box.appendChild(document.createElement("td")) : box;
  if (box.matches("tr")) inside.colSpan = row.cells.length;
  inside.append(...heard, part);
  return box;
}

const inside = (box) => (box.matches("tr") ? box.cells[0] : box);

function mark(row, address) {
  row?.querySelectorAll(":scope .unsaved").forEach((old) => old.remove());
  if (!row || !closed.has(address)) return;
  const note = document.createElement("span");
  note.className = "unsaved second";
  note.textContent = ` ${UNSAVED}`;
  row.querySelector("a[data-inplace]")?.after(note);
}

// Closes what is open; what was typed is kept for when it is opened again, unless it is given up.
function close(giveUp = false) {
  if (!open) return;
  const { box, address, id } = open;
  open = null;
  if (!giveUp && isUnsaved(box)) closed.set(address, box);
  box.remove();
  mark(rowOf(id), address);
}

async function openAt(link, key = "") {
  if (isLoading) return;
  const row = link.closest("[data-row]");
  const address = link.getAttribute("href");
  if (open?.address !== address || open.id !== row.dataset.row) {
    close();
    let box = closed.get(address);
    if (!box) {
      isLoading = true;
      const { answer, page, part } = await ask(address).catch(() => ({}));
      isLoading = false;
      if (!answer?.ok || !part) return location.assign(address);
      box = boxed(row, part, flashes(page, true));
    } else if (box.matches("tr") !== row.matches("tr")) {
      box = boxed(row, inside(box).querySelector("[data-part]"), []);
      box.dataset.unsaved = "yes";
    }
    closed.delete(address);
    show(row, address, box);
  }
  begin(open.box, key);
}

function show(row, address, box) {
  unfold(row);
  open = { box, address, id: row.dataset.row };
  put(row, box);
  mark(row, address);
}

function begin(box, key = "") {
  const wanted = key && box.querySelector(`[data-key="${key}"]`);
  const field = wanted || box.querySelector("[aria-invalid]") || box.querySelector(FIELDS) || box.querySelector("button, a");
  if (field) focus(field);
  if (field?.matches("input")) field.select(); // as if one had come by the Tab key
  else if (field?.matches("textarea")) field.setSelectionRange(0, 0);
}

// ---- a form that is sent ----------------------------------------------------------------------------------------

// The check as it is now in place of the one that was; what is open and what is typed elsewhere stays.
function swap(fresh, sent, isDone) {
  const kept = keep(isDone ? sent : null);
  const folds = [...check().querySelectorAll("details[id]")].map((fold) => [fold.id, fold.open]);
  const held = open && !(isDone && open.box.contains(sent)) ? open : null;
  open?.box.remove();
  open = null;
  check().replaceWith(document.adoptNode(fresh));
  for (const [id, was] of folds) {
    const fold = check().querySelector(`#${id}`);
    if (fold && was) fold.open = true;
  }
  refill(kept);
  if (!held) return;
  const row = rowOf(held.id);
  if (row && row.matches("tr") === held.box.matches("tr")) show(row, held.address, held.box);
  else if (isUnsaved(held.box)) closed.set(held.address, held.box);
}

// Where a row stands: the row, its place among the doubts (-1 for none), and what stands around it.
function placeOf(row) {
  const all = rows();
  const at = all.indexOf(row);
  return {
    id: row?.dataset.row,
    doubt: rows("[data-doubt]").indexOf(row),
    near: [all[at + 1], all[at - 1]].map((one) => one?.dataset.row),
  };
}

// Where the work goes on after an answer: the row itself, the next doubt, its neighbour, or what leads on. Who
// points at things is brought to the most pressing doubt.
function goOn({ id, doubt, near }) {
  if (doubt >= 0 && isPointing && rows("[data-doubt]").length) {
    see(document.getElementById("doubts"), "start");
    return rows("[data-doubt]")[0].querySelector("button, select, a")?.focus({ preventScroll: true });
  }
  const doubts = rows("[data-doubt]");
  const left = doubt < 0 ? near.map(rowOf).find(Boolean) : doubts[Math.min(doubt, doubts.length - 1)];
  const row = rowOf(id) ?? left;
  if (row) return go(row);
  const next = check().querySelector('[data-key="g"]');
  next?.focus({ preventScroll: true });
  see(document.getElementById("doubts"));
}

async function send(form, submitter) {
  if (form.getAttribute("aria-busy")) return;
  const box = form.closest(".inplace");
  const row = box ? rowOf(box.dataset.of) : form.closest("[data-row]");
  const place = placeOf(row);
  form.setAttribute("aria-busy", "true");
  try {
    const found = await ask(form.getAttribute("action"), { method: "POST", body: new FormData(form, submitter) });
    settle(form, box, found);
    if (found.fresh && !found.isRefused && !flashes(found.page, true).length) goOn(place);
  } catch {
    refuse(box ? inside(box) : form, [refusal(LOST)]);
  } finally {
    form.removeAttribute("aria-busy");
  }
}

function settle(form, box, { answer, isRefused, page, fresh, part }) {
  const wrong = flashes(page, true);
  const id = box?.dataset.of ?? form.closest("[data-row]")?.dataset.row;
  if (fresh) {
    const isDone = !isRefused && !wrong.length;
    const invalid = isRefused && fresh.querySelector("[aria-invalid]")?.id;
    swap(fresh, form, isDone);
    tell(flashes(page, false).map((flash) => flash.textContent.trim()).join(" "));
    if (wrong.length) refuse(box && open ? inside(box) : rowOf(id) ?? check(), wrong);
    if (invalid) focus(document.getElementById(invalid));
  } else if (part && answer.redirected) return follow(answer.url, part);
  else if (part) again(box, part, wrong);
  else refuse(box ? inside(box) : form, [refusal(answer.url.includes("/login") ? LOGGED_OUT : sentence(page))]);
}

// The same form with what was wrong of it.
function again(box, part, wrong) {
  inside(box).replaceChildren(...wrong, part);
  box.dataset.unsaved = "yes";
  begin(box);
}

// A row that was just added: the check with it, and its form.
async function follow(address, part) {
  const { fresh } = await ask(location.pathname);
  if (!fresh) return location.assign(address);
  close();
  swap(fresh, null, true);
  const path = new URL(address).pathname;
  const link = check().querySelector(`a[data-inplace][href="${path}"]`);
  if (!link) return location.assign(address);
  const row = link.closest("[data-row]");
  show(row, path, boxed(row, part, []));
  begin(open.box);
}

function sentence(page) {
  const words = [page.querySelector("main h1"), page.querySelector("main p")].map((one) => one?.textContent.trim());
  return words.filter(Boolean).join(". ") || NOT_SAVED;
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.closest("#check") || form.method !== "post" || form.matches("[data-leaves]")) return;
  event.preventDefault();
  send(form, event.submitter);
});

document.addEventListener("click", (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  const link = event.target.closest("#check a[data-inplace]");
  const back = event.target.closest("#check .inplace a[data-close]");
  if (!link && !back) return;
  event.preventDefault();
  if (link) openAt(link);
  else leave(true);
});

// ---- keys -------------------------------------------------------------------------------------------------------

function leave(giveUp) {
  if (!open) return false;
  const { id } = open;
  close(giveUp);
  const row = rowOf(id);
  if (row) go(row);
  return true;
}

function openRow(key) {
  const row = current();
  const link = row?.querySelector(key ? 'a[data-inplace="row"]' : "a[data-inplace]");
  if (!link) return false;
  openAt(link, key);
  return true;
}

const onRow = () => document.activeElement?.matches("#check [data-row]");

const patient = (deeds) => Object.fromEntries(Object.entries(deeds).map(([key, deed]) => [key, () => isLoading || deed()]));

bind(patient({
  j: () => move("[data-row]", 1),
  k: () => move("[data-row]", -1),
  arrowdown: () => onRow() && move("[data-row]", 1),
  arrowup: () => onRow() && move("[data-row]", -1),
  n: () => move("[data-doubt]", 1),
  enter: () => onRow() && openRow(""),
  h: () => {
    const heading = rowOf("heading");
    go(heading);
    return openRow("");
  },
  s: () => openRow("s"),
  m: () => openRow("m"),
  x: () => openRow("x"),
}));

document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.target.closest("dialog[open]")) return;
  if (event.key === "Escape" && !document.querySelector("details[data-menu][open]") && leave(false)) event.preventDefault();
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
  const form = event.target.closest("#check form") ?? (isTyping(event) ? null : open?.box.querySelector("form"));
  if (!form) return;
  event.preventDefault();
  form.requestSubmit();
});
