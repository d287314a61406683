// Shortcuts: an element names its key in data-key; a link or button is clicked, a field gets the focus, and so
// does a button with data-key-focus. An element of a row ([data-row]) answers while the focus is in its row.

const SWITCH = "shortcuts-off";
const TYPING = "input, textarea, select, dialog[open]";
const deeds = new Map();

// Lets a page bind keys of its own: from key to a deed that returns false where there was nothing to do.
export function bind(more) {
  for (const [key, deed] of Object.entries(more)) deeds.set(key, deed);
}

// Whether the key is one for the field that has the focus; one that was hidden with its dialog has it for a moment more.
export function isTyping(event) {
  return event.target.getClientRects().length > 0 && Boolean(event.target.closest(TYPING));
}

export function press(target) {
  if (target.matches("dialog")) target.showModal();
  else if (target.matches("input, textarea, select, [data-key-focus]")) target.focus();
  else target.click();
}

function pressed(key, isHeld) {
  const named = `[data-key="${CSS.escape(key)}"]`;
  const own = document.activeElement?.closest("[data-row]")?.querySelector(named);
  if (!own && deeds.has(key) && deeds.get(key)() !== false) return true;
  const target = own ?? [...document.querySelectorAll(named)].find((found) => !found.closest("[data-row]"));
  if (!target || (isHeld && target.matches("button"))) return false; // a key held down does no deed twice
  press(target);
  return true;
}

document.addEventListener("keydown", (event) => {
  if (isTyping(event) || event.ctrlKey || event.altKey || event.metaKey) return;
  if (event.key !== "?" && localStorage.getItem(SWITCH)) return;
  if (pressed(event.key.toLowerCase(), event.repeat)) event.preventDefault();
});

document.querySelectorAll("[data-shortcuts-switch]").forEach((box) => {
  box.checked = !localStorage.getItem(SWITCH);
  box.onchange = () => {
    if (box.checked) localStorage.removeItem(SWITCH);
    else localStorage.setItem(SWITCH, "yes");
  };
});
