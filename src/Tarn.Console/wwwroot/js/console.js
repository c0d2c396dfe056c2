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

// When the server was started again, the old circuit is gone for good: the page loads anew as soon as it answers.
const dialog = document.getElementById("components-reconnect-modal");
if (dialog) {
  new MutationObserver(() => {
    if (dialog.classList.contains("components-reconnect-rejected")) location.reload();
  }).observe(dialog, { attributes: true, attributeFilter: ["class"] });
}
