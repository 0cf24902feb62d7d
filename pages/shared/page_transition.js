// What a field holds is sent before the page that is asked for by a link. Streamlit sends the first in a timer of no
// length that begins when the field has lost the focus, and the second at once; so a click on a link waits until timers
// that have begun by then have run. Timers of the same length run in the order in which they begin.
(() => {
  "use strict";
  const LINKS = 'a[href]:not([target="_blank"], [download]), [data-testid="stLogoLink"]';
  let passing = false;
  addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest(LINKS) : null;
    const elsewhere = event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
    if (passing || link === null || elsewhere) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const left = document.activeElement;
    if (left !== null && left.matches("input, textarea")) left.blur();
    const pass = () => {
      passing = true;
      try {
        link.click();
      } finally {
        passing = false;
      }
    };
    setTimeout(() => setTimeout(pass));
  }, true);
})();
