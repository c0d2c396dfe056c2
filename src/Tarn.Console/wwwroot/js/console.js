// What pages need of the browser beside Blazor: copying commands, and the circuit's dialog.
document.addEventListener("click", async event => {
  const button = event.target.closest?.("[data-copy]");
  if (!button) return;
  const said = button.textContent;
  try {
    await navigator.clipboard.writeText(button.dataset.copy);
    button.textContent = "Copied";
  } catch {
    button.textContent = "Press Ctrl+C";
    getSelection().selectAllChildren(button.previousElementSibling);
  }
  setTimeout(() => { button.textContent = said; }, 1500);
});

document.addEventListener("click", event => {
  if (event.target.closest?.("[data-reload]")) location.reload();
});

// Files that were chosen go up one by one, streamed by the browser; the page then looks again.
document.addEventListener("change", async event => {
  const input = event.target.closest?.("[data-upload]");
  if (!input) return;
  const state = document.querySelector("[data-upload-state]");
  const files = [...input.files];
  for (const [index, file] of files.entries()) {
    state.textContent = `Uploading ${file.name} (${index + 1} of ${files.length})`;
    const key = encodeURIComponent(input.dataset.prefix + file.name);
    const answer = await fetch(`/api/objects/${input.dataset.bucket}?key=${key}`, { method: "PUT", body: file })
      .catch(() => null);
    if (!answer?.ok) {
      const said = await answer?.json().catch(() => null);
      state.textContent = `${file.name} was not uploaded: ${said?.error?.message ?? "no answer"}`;
      return;
    }
  }
  location.reload();
});

// When the server was started again, the old circuit is gone for good: the page loads anew as soon as it answers.
const dialog = document.getElementById("components-reconnect-modal");
if (dialog) {
  new MutationObserver(() => {
    if (dialog.classList.contains("components-reconnect-rejected")) location.reload();
  }).observe(dialog, { attributes: true, attributeFilter: ["class"] });
}
