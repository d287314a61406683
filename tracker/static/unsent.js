// What is typed into the other forms of a page outlives one of them being sent: it is kept for the page that
// follows, which may be the same one drawn anew, and put back where that page has the form.

const KEPT = "unsent";
const FIELDS = "main form[method=post] :is(textarea, input[type=text])";

const fields = () => [...document.querySelectorAll(FIELDS)];
const isTyped = (field) => field.value !== field.defaultValue && !field.closest("#check");

function keep(sent) {
  const others = fields().filter((field) => field.form !== sent && isTyped(field));
  sessionStorage.setItem(KEPT, JSON.stringify(others.map((field) => [field.form.action, field.name, field.value])));
}

function putBack(action, name, value) {
  const field = fields().find((one) => one.form.action === action && one.name === name);
  if (!field) return;
  field.value = value;
  for (let fold = field.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
}

// To be called once all that may hold a form back listens.
export function keepUnsent() {
  for (const kept of JSON.parse(sessionStorage.getItem(KEPT) ?? "[]")) putBack(...kept);
  sessionStorage.removeItem(KEPT);
  document.addEventListener("submit", (event) => {
    if (!event.defaultPrevented && event.target.method === "post") keep(event.target);
  });
}
