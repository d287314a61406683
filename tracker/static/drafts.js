// What is typed into a form that names itself in data-draft is kept while its tab is open: who looks at another
// piece of evidence, or at the next thing, finds it again on coming back.

const FIELDS = "textarea, input:not([type=hidden])";

function watch(form) {
  const name = `draft:${form.dataset.draft}`;
  const fields = [...form.querySelectorAll(FIELDS)];
  const keep = (chosen) =>
    sessionStorage.setItem(name, JSON.stringify(Object.fromEntries(chosen.map((field) => [field.name, field.value]))));
  const kept = JSON.parse(sessionStorage.getItem(name) ?? "{}");
  if (form.querySelector("[aria-invalid]")) keep(fields); // sent and refused: what came back is what was typed last
  else for (const field of fields) field.value = kept[field.name] ?? field.value;
  form.addEventListener("input", () => keep(fields.filter((field) => field.value !== field.defaultValue)));
}

document.querySelectorAll("form[data-draft]").forEach(watch);
