// Light or dark: what was chosen before, else what the system says. Loaded in the head, before anything is painted.
(() => {
  const key = "tarn-theme";
  const system = matchMedia("(prefers-color-scheme: dark)");
  const root = document.documentElement;

  function chosen() {
    try {
      const value = localStorage.getItem(key);
      return value === "light" || value === "dark" ? value : null;
    } catch {
      return null; // storage is switched off: follow the system
    }
  }

  function apply() {
    root.dataset.theme = chosen() ?? (system.matches ? "dark" : "light");
    dispatchEvent(new Event("tarn-theme"));
  }

  function toggle() {
    const next = root.dataset.theme === "dark" ? "light" : "dark";
    try {
      // Back at what the system says, the choice is forgotten and the system followed again.
      const isSystem = next === (system.matches ? "dark" : "light");
      if (isSystem) localStorage.removeItem(key);
      else localStorage.setItem(key, next);
    } catch {
      root.dataset.theme = next;
      dispatchEvent(new Event("tarn-theme"));
      return;
    }
    apply();
  }

  system.addEventListener("change", apply);
  addEventListener("storage", event => event.key === key && apply());
  document.addEventListener("click", event => {
    if (event.target.closest?.("[data-theme-toggle]")) toggle();
  });
  apply();
})();
