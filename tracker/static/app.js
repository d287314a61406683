// What a page can do beyond its plain forms: copying, menus and filters; shortcuts are in keys.js, uploads with
// progress in upload.js, what is kept of a form in drafts.js.
// Every page works without this file; nothing here is the only way to a deed.

import "./drafts.js";
import { element } from "./elements.js";
import "./keys.js";
import { keepUnsent } from "./unsent.js";
import "./upload.js";

document.documentElement.classList.add("scripted");

// ---- a form that cannot reach the site stays as it is, and the browser puts no page of its own in its place ------

const LOST = "Mất kết nối. Nội dung đã nhập còn nguyên, hãy thử lại.";

const isReached = () =>
  fetch(document.querySelector("link[rel=icon]").href, { method: "HEAD", cache: "no-store" }).then(() => true, () => false);

function sayLost(form, button) {
  form.querySelector(".lost")?.remove();
  const place = button?.closest(".actions") ?? button ?? form.lastElementChild;
  place.before(element("p", { class: "field-error lost", role: "alert" }, LOST));
}

// That the machine is offline is only a guess of the browser's: it says so too where the site is on the machine.
document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (navigator.onLine || event.defaultPrevented || form.method !== "post" || form.dataset.reached) return;
  if (form.closest("#check")) return; // it sends its forms itself
  event.preventDefault();
  if (!(await isReached())) return sayLost(form, event.submitter);
  form.dataset.reached = "1";
  form.requestSubmit(event.submitter);
});

// ---- a form that is being sent is not sent a second time by a second press of its button ------------------------

const ON_ITS_WAY = 8000; // milliseconds; where a file came back and no page, the form can be sent again after them

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post") return;
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "1";
  setTimeout(() => delete form.dataset.sent, ON_ITS_WAY);
});

window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});

// ---- files too large for one form (data-most, in megabytes) are refused while another can still be chosen --------

const MEGABYTE = 1024 * 1024;

function tooLarge(field, most) {
  const files = [...field.form.querySelectorAll("input[type=file]")].flatMap((one) => [...one.files]);
  const [file] = field.files;
  if (file.size > most * MEGABYTE) return `Tệp “${file.name}” lớn hơn ${most} MB. Hãy chọn tệp nhỏ hơn.`;
  if (files.reduce((sum, one) => sum + one.size, 0) <= most * MEGABYTE) return "";
  return `Chưa nhận tệp “${file.name}”: các tệp cộng lại lớn hơn ${most} MB. Hãy gửi những tệp đã chọn trước, rồi gửi tiếp tệp này.`;
}

document.addEventListener("change", (event) => {
  const field = event.target;
  if (!field.matches("form[data-most]:not([data-upload]) input[type=file]")) return;
  field.parentElement.querySelector(".field-error")?.remove();
  const reason = field.files.length ? tooLarge(field, Number(field.form.dataset.most)) : "";
  if (!reason) return;
  field.value = "";
  field.before(element("p", { class: "field-error", role: "alert" }, reason));
});

// ---- copying: <button data-copy="id of the field"> --------------------------------------------------------------

document.querySelectorAll("[data-copy]").forEach((button) => {
  const said = element("span", { class: "visually-hidden", role: "status" });
  button.after(said);
  button.onclick = async () => {
    const field = document.getElementById(button.dataset.copy);
    field.select();
    await navigator.clipboard.writeText(field.value);
    said.textContent = "Đã sao chép.";
    button.lastChild.textContent = "Đã sao chép";
  };
});

document.querySelectorAll("[data-print]").forEach((button) => {
  button.onclick = () => window.print();
});

// ---- menus and filters ------------------------------------------------------------------------------------------

document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details[data-menu][open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});

document.addEventListener("keydown", (event) => {
  const menu = document.querySelector("details[data-menu][open]");
  if (event.key !== "Escape" || !menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});

document.querySelectorAll(".filters-unfold").forEach((button) => {
  button.onclick = () => {
    const open = button.closest("form").classList.toggle("open");
    button.setAttribute("aria-expanded", String(open));
  };
});

// ---- long lists of boxes: what is typed above narrows them; Enter ticks the only one left -------------------

const folded = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/đ/gi, "d").toLowerCase();
const boxesOf = (field) => [...field.nextElementSibling.querySelectorAll(".form-check")];

document.addEventListener("input", (event) => {
  if (!event.target.matches("[data-narrow]")) return;
  const words = folded(event.target.value).split(/\s+/);
  for (const box of boxesOf(event.target)) {
    const name = folded(box.textContent);
    box.hidden = !words.every((word) => name.includes(word));
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.ctrlKey || !event.target.matches("[data-narrow]")) return;
  event.preventDefault();
  const left = boxesOf(event.target).filter((box) => !box.hidden);
  if (left.length === 1) left[0].querySelector("input").click();
});

keepUnsent();
