// The SQL page's text area: Ctrl+Enter runs, a click in the schema inserts at the cursor.
export function attach(area, page) {
  area.addEventListener("keydown", event => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      page.invokeMethodAsync("RunAsync", area.value);
    }
  });
  area.addEventListener("input", () => grow(area));
  grow(area);
}

export function write(area, text) {
  area.value = text;
  grow(area);
}

export function insert(area, text) {
  const before = area.value.slice(0, area.selectionStart);
  const gap = before && !/[\s(.,]$/.test(before) ? " " : "";
  area.focus();
  area.setRangeText(gap + text, area.selectionStart, area.selectionEnd, "end");
  area.dispatchEvent(new Event("input", { bubbles: true }));
}

// Puts the cursor to a line and a column, both from 1.
export function place(area, line, column) {
  const before = area.value.split("\n").slice(0, line - 1).join("\n");
  const at = Math.min(before.length + (line > 1 ? 1 : 0) + column - 1, area.value.length);
  area.focus();
  area.setSelectionRange(at, at);
}

function grow(area) {
  area.style.height = "auto";
  area.style.height = `${Math.min(area.scrollHeight + 2, innerHeight * 0.5)}px`;
}
