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

function grow(area) {
  area.style.height = "auto";
  area.style.height = `${Math.min(area.scrollHeight + 2, innerHeight * 0.5)}px`;
}
