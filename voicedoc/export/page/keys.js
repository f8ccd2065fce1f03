const FIELDS = "input, select, textarea";
const PRESSED_BY_SPACE = "button, summary, a, input, select, textarea";

/** Calls `actions[key]` where a key is pressed that no field, button or shortcut of the browser wants. */
function listenToKeys(actions) {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    const action = actions[event.key];
    if (!action || event.target.closest(event.key === " " ? PRESSED_BY_SPACE : FIELDS)) return;
    event.preventDefault();
    action();
  });
}
