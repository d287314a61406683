// What a page can do beyond its plain forms: upload with progress, copying, menus and filters; shortcuts
// are in keys.js.
// Every page works without this file; nothing here is the only way to a deed.

import "./keys.js";

document.documentElement.classList.add("scripted");

const MEGABYTE = 1024 * 1024;
const LOST = "Mất kết nối. Tệp chưa được tải lên, hãy thử lại.";

// ---- uploads: one request and one bar a file; the page is fetched anew once all have ended well -------------

function element(name, attributes = {}, text = "") {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.textContent = text;
  return made;
}

function uploadLine(list, file) {
  const line = element("li", { class: "upload-item" });
  const what = element("div");
  const bar = element("progress", { max: "100", value: "0", "aria-label": `Đang tải ${file.name}` });
  const words = element("p", { class: "hint" }, "Đang chờ");
  const cancel = element("button", { type: "button", class: "btn btn-plain", "aria-label": `Hủy tải: ${file.name}` }, "Hủy tải");
  what.append(element("span", {}, file.name), bar, words);
  line.append(what, cancel);
  list.append(line);
  return {
    cancel,
    move(percent) {
      bar.value = percent;
      words.textContent = percent < 100 ? `Đang tải ${percent} %` : "Đang kiểm tra tệp";
    },
    done() {
      bar.value = 100;
      words.textContent = "Đã tải lên";
      cancel.remove();
    },
    refuse(reason) {
      line.classList.add("refused");
      bar.remove();
      words.textContent = reason;
      cancel.textContent = "Bỏ khỏi danh sách";
      cancel.onclick = () => line.remove();
    },
  };
}

function sendFile(form, file, line) {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    const body = new FormData(form);
    body.delete("files");
    body.append("files", file);
    request.open("POST", form.action);
    request.setRequestHeader("Accept", "application/json");
    request.responseType = "json";
    request.upload.onprogress = (event) => line.move(Math.floor((event.loaded * 100) / event.total));
    request.onload = () => {
      const good = request.response?.done === true;
      if (good) line.done();
      else line.refuse(request.response?.error ?? `Chưa tải được tệp “${file.name}”. Hãy thử lại.`);
      resolve(good);
    };
    request.onerror = () => {
      line.refuse(LOST);
      resolve(false);
    };
    request.onabort = () => {
      line.refuse("Đã hủy tải.");
      resolve(false);
    };
    line.cancel.onclick = () => request.abort();
    request.send(body);
  });
}

async function sendFiles(form, files) {
  const list = form.querySelector(".upload-list");
  const most = Number(form.dataset.most) * MEGABYTE;
  let refused = 0;
  for (const file of files) {
    const line = uploadLine(list, file);
    if (file.size > most) {
      line.refuse(`Tệp “${file.name}” lớn hơn ${form.dataset.most} MB. Hãy chọn tệp nhỏ hơn.`);
      refused += 1;
    } else if (!(await sendFile(form, file, line))) refused += 1;
  }
  if (files.length > refused && refused === 0) location.reload();
}

function watchUpload(form) {
  const input = form.querySelector("input[type=file]");
  const area = form.querySelector(".upload-area");
  const pick = (capture) => {
    if (capture) input.setAttribute("capture", "environment");
    else input.removeAttribute("capture");
    input.click();
  };
  form.querySelector("[data-pick]").onclick = () => pick(false);
  form.querySelector("[data-camera]").onclick = () => pick(true);
  input.onchange = () => sendFiles(form, [...input.files]);
  area.ondragover = (event) => {
    event.preventDefault();
    area.classList.add("over");
  };
  area.ondragleave = () => area.classList.remove("over");
  area.ondrop = (event) => {
    event.preventDefault();
    area.classList.remove("over");
    sendFiles(form, [...event.dataTransfer.files]);
  };
}

document.querySelectorAll("form[data-upload]").forEach(watchUpload);

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
