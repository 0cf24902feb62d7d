// On a narrow window the menu is closed: when the page is opened, when the window becomes narrow, and after a choice.
// Streamlit keeps in the browser whether the menu is open, and by itself closes it on small phones only. This script
// runs before Streamlit's, and hears of a new width before it.
//
// Streamlit draws the groups of the menu as one list whose items stand in no list: each group is made a list of its own.
(() => {
  "use strict";
  const NARROW = matchMedia("(max-width: 1023.98px)");
  const CLOSED = "stSidebarCollapsed-";
  const BY_US = "tideline-menu-closed";
  let narrow = null;

  function follow() {
    if (narrow === NARROW.matches) return;
    narrow = NARROW.matches;
    try {
      if (narrow) {
        localStorage.setItem(CLOSED, "true");
        localStorage.setItem(BY_US, "true");
      } else if (localStorage.getItem(BY_US) !== null) {
        localStorage.removeItem(CLOSED);
        localStorage.removeItem(BY_US);
      }
    } catch {
      // a browser that keeps nothing: Streamlit's own rule holds
    }
  }

  function close() {
    document.querySelector("[data-testid=stSidebarCollapseButton] button[aria-expanded=true]")?.click();
  }

  function group() {
    for (const some of document.querySelectorAll("[data-testid=stSidebarNavItems] > div:not([role])")) {
      some.parentElement.setAttribute("role", "presentation");
      some.setAttribute("role", "list");
      some.setAttribute("aria-label", some.querySelector("header")?.innerText ?? "");
    }
  }

  follow();
  new MutationObserver(group).observe(document, { childList: true, subtree: true });
  addEventListener("resize", follow);
  addEventListener("click", (event) => {
    const chosen = event.target instanceof Element && event.target.closest("[data-testid=stSidebarNav] a");
    if (chosen && narrow) setTimeout(close);
  }, true);
})();
