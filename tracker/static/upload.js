// Uploads: one request and one bar a file. Once all have ended, the parts of the page that tell what is there
// (data-fresh="address of the page") are fetched anew; what is typed beside them, and what was refused, stays.

import { element } from "./elements.js";

const MEGABYTE = 1024 * 1024;
const LOST = "Mất kết nối. Tệp chưa được tải lên, hãy thử lại.";
const FOLDER = "Đây là thư mục. Hãy mở thư mục và chọn các tệp trong đó.";

let underWay = 0; // batches of files that are on their way

// ---- the line of a file -----------------------------------------------------------------------------------------

function button(words, file) {
  return element("button", { type: "button", class: "btn btn-plain", "aria-label": `${words}: ${file.name}` }, words);
}

// A line has `cancelled`, whether its file is not to be sent any more.
function uploadLine(form, file) {
  const item = element("li", { class: "upload-item" });
  const what = element("div");
  const bar = element("progress", { max: "100", value: "0", "aria-label": `Đang tải ${file.name}` });
  const words = element("p", { class: "hint" }, "Đang chờ");
  const cancel = button("Hủy tải", file);
  what.append(element("span", {}, file.name), bar, words);
  item.append(what, cancel);
  form.querySelector(".upload-list").append(item);

  const line = {
    cancel,
    cancelled: false,
    move(percent) {
      bar.value = percent;
      words.textContent = percent < 100 ? `Đang tải ${percent} %` : "Đang kiểm tra tệp";
    },
    done() {
      item.classList.add("done");
      bar.value = 100;
      words.textContent = "Đã tải lên";
      cancel.remove();
    },
    refuse(reason, again = null) {
      const had = cancel === document.activeElement;
      line.cancelled = true;
      item.classList.add("refused");
      bar.remove();
      words.textContent = reason;
      const drop = button("Bỏ khỏi danh sách", file);
      drop.onclick = leave;
      cancel.replaceWith(drop);
      if (again) drop.before(retry(again));
      if (had) drop.focus();
    },
  };

  // The focus does not get lost with the line.
  function leave() {
    item.remove();
    form.querySelector("[data-pick]").focus();
  }

  function retry(again) {
    const made = button("Thử lại", file);
    made.onclick = () => {
      leave();
      again();
    };
    return made;
  }

  cancel.onclick = () => line.refuse("Đã hủy tải.");
  return line;
}

// ---- sending ----------------------------------------------------------------------------------------------------

function sendFile(form, file, line) {
  const again = () => sendFiles(form, [file]);
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
      else if (request.response?.error) line.refuse(request.response.error);
      else line.refuse(`Chưa tải được tệp “${file.name}”. Hãy thử lại.`, again);
      resolve(good);
    };
    request.onerror = () => {
      line.refuse(LOST, again);
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

async function sendFiles(form, files, folders = []) {
  const lines = files.map((file) => [file, uploadLine(form, file)]);
  for (const folder of folders) uploadLine(form, folder).refuse(FOLDER);
  underWay += 1;
  for (const [file, line] of lines) {
    if (file.size > Number(form.dataset.most) * MEGABYTE) {
      line.refuse(`Tệp “${file.name}” lớn hơn ${form.dataset.most} MB. Hãy chọn tệp nhỏ hơn.`);
    } else if (!line.cancelled) await sendFile(form, file, line);
  }
  underWay -= 1;
  if (!underWay && document.querySelector(".upload-item.done")) await showWhatCame(form);
}

// ---- showing what came in -----------------------------------------------------------------------------------------

async function showWhatCame(form) {
  const answer = await fetch(document.querySelector("[data-fresh]").dataset.fresh).catch(() => null);
  if (!answer?.ok || answer.redirected) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  document.querySelectorAll(".upload-item.done").forEach((item) => item.remove());
  for (const part of page.querySelectorAll("[data-fresh]")) document.getElementById(part.id)?.replaceWith(renewed(part));
  if (document.activeElement === document.body) form.closest(".deliverable")?.focus({ preventScroll: true });
}

// The part as it is now, with the forms of the page still in it: they hold what was refused.
function renewed(part) {
  for (const fresh of part.querySelectorAll("form[data-upload]")) {
    const own = [...document.querySelectorAll("form[data-upload]")].find((form) => form.action === fresh.action);
    if (!own) continue;
    fresh.replaceWith(own);
    const fold = own.closest("details");
    if (fold) fold.open = own.querySelector(".upload-item") !== null;
  }
  return part;
}

// ---- choosing and dropping ----------------------------------------------------------------------------------------

function watchUpload(form) {
  const input = form.querySelector("input[type=file]");
  const area = form.querySelector(".upload-area");
  const pick = (attributes) => {
    for (const name of ["accept", "capture"]) input.removeAttribute(name);
    for (const [name, value] of Object.entries(attributes)) input.setAttribute(name, value);
    input.click();
  };
  form.querySelector("[data-pick]").onclick = () => pick({});
  form.querySelector("[data-camera]").onclick = () => pick({ accept: "image/*", capture: "environment" });
  input.onchange = () => {
    const files = [...input.files];
    input.value = ""; // so that the same file can be chosen again once it is mended
    sendFiles(form, files);
  };
  area.ondragover = () => area.classList.add("over");
  area.ondragleave = () => area.classList.remove("over");
  area.ondrop = (event) => {
    area.classList.remove("over");
    const dropped = [...event.dataTransfer.items].filter((item) => item.kind === "file");
    const isFolder = (item) => item.webkitGetAsEntry()?.isDirectory ?? false;
    const files = dropped.filter((item) => !isFolder(item)).map((item) => item.getAsFile());
    const folders = dropped.filter(isFolder).map((item) => item.getAsFile());
    sendFiles(form, files, folders);
  };
}

const forms = document.querySelectorAll("form[data-upload]");
forms.forEach(watchUpload);

if (forms.length) {
  // A file dropped beside the area must not open in place of the page.
  for (const kind of ["dragover", "drop"]) {
    document.addEventListener(kind, (event) => {
      if (event.dataTransfer?.types.includes("Files")) event.preventDefault();
    });
  }
  window.addEventListener("beforeunload", (event) => {
    if (underWay) event.preventDefault();
  });
}
