// What was typed into a check and not saved: it outlives the check being drawn anew.

import { check, rowOf } from "./rows.js";

export const FIELDS = "input:not([type=hidden], [data-narrow]), textarea, select";

function isChanged(field) {
  if (field.matches("[aria-invalid]")) return true;
  if (field.matches("select")) return [...field.options].some((one) => one.selected !== one.defaultSelected) && !isUntouched(field);
  if (field.matches("[type=checkbox], [type=radio]")) return field.checked !== field.defaultChecked;
  return field.value !== field.defaultValue;
}

// A select without a chosen option shows its first one, which nobody chose.
function isUntouched(select) {
  return !select.multiple && select.selectedIndex === 0 && ![...select.options].some((one) => one.defaultSelected);
}

export const typed = (within) => [...within.querySelectorAll(FIELDS)].filter(isChanged);

function value(field) {
  if (field.matches("select")) return [...field.selectedOptions].map((one) => one.value);
  return field.matches("[type=checkbox], [type=radio]") ? field.checked : field.value;
}

function fill(field, kept) {
  if (Array.isArray(kept)) for (const one of field.options) one.selected = kept.includes(one.value);
  else if (typeof kept === "boolean") field.checked = kept;
  else field.value = kept;
}

// What was typed into the cards, and which of its fields it was: row, form and name.
export function keep(sent) {
  const kept = [];
  for (const field of typed(check())) {
    const row = field.closest("[data-row]");
    if (row && field.form !== sent && !field.closest(".inplace")) kept.push([row.dataset.row, field.name, field.value, value(field)]);
  }
  return kept;
}

export function refill(kept) {
  for (const [id, name, was, what] of kept) {
    const found = [...(rowOf(id)?.querySelectorAll(FIELDS) ?? [])].filter((field) => field.name === name);
    const field = found.length > 1 ? found.find((one) => one.value === was) : found[0];
    if (field) fill(field, what);
  }
}
