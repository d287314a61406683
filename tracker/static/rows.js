// The rows of a check: which there are, which one has the focus, and going from one to another.

export const check = () => document.getElementById("check");

// Brought into sight at once: whoever goes from row to row does not wait for a page that glides.
export function see(element, block = "nearest") {
  element.scrollIntoView({ block, behavior: "instant" });
}

export function focus(element) {
  element.focus({ preventScroll: true });
  see(element);
}

// Opens what a row is folded into.
export function unfold(row) {
  for (let fold = row.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
}

export const rows = (chosen = "[data-row]") => [...check().querySelectorAll(chosen)];

export const rowOf = (id) => rows().find((row) => row.dataset.row === id) ?? null;

export function current() {
  const at = document.activeElement?.closest("[data-row], [data-of]");
  if (!at || !check().contains(at)) return null;
  return at.matches("[data-row]") ? at : rowOf(at.dataset.of);
}

export function go(row) {
  unfold(row);
  row.tabIndex = -1;
  focus(row);
}

// The next of some rows after the one with the focus, or before it; at the end it begins anew.
export function move(chosen, step) {
  const all = rows();
  const from = all.indexOf(current());
  const cut = step > 0 ? from + 1 : Math.max(from, 0);
  const ahead = [...all.slice(cut), ...all.slice(0, cut)];
  if (step < 0) ahead.reverse();
  const next = ahead.find((row) => row.matches(chosen));
  if (!next) return false;
  go(next);
  return true;
}
