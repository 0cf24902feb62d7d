// What all components share: rows made of the server's words, and acts that are never lost.
//
// Text becomes text nodes and attributes, never markup. An act (a click, a key) names what was drawn, not where it stood.
// Acts wait in a list until the server has said which it has handled: Streamlit runs only the last of several messages
// that wait on a busy server, and each message carries the whole list.

const mounted = new WeakMap();

// An element: `attributes` may hold `class`, `data-…`, `aria-…`, others by name, and `on…` listeners; a value of null,
// undefined or false is left out. Children are elements, texts, or null.
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else made.setAttribute(name, value === true ? "" : String(value));
  }
  made.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== ""));
  return made;
}

// Draw a component: `draw(data, act, root)` gives its elements, and `act(kind, about, value, token)` tells the server.
// An element with `data-key` keeps the focus, and a <details> with one stays open, when the rows are drawn anew.
export function mount(component, draw) {
  const { data, parentElement, setStateValue } = component;
  const state = mounted.get(parentElement) ?? { root: null, drawn: "", last: 0, waiting: [] };
  mounted.set(parentElement, state);
  state.last = Math.max(state.last, data.handled);
  state.waiting = state.waiting.filter((one) => one.n > data.handled);
  state.send = (acts) => setStateValue("acts", acts);
  const act = (kind, about, value = null, token = "") => {
    state.last += 1;
    state.waiting.push({ n: state.last, kind, about, value, token });
    state.send([...state.waiting]);
  };
  const { handled, ...shown } = data;
  const drawn = JSON.stringify(shown);
  if (state.root?.isConnected && state.drawn === drawn) return;
  if (!state.root?.isConnected) {
    state.root = element("div", { class: "tideline-component" });
    parentElement.append(state.root);
  }
  const focused = keyOf(document.activeElement, state.root);
  const open = [...state.root.querySelectorAll("details[open][data-key]")].map((one) => one.dataset.key);
  state.root.replaceChildren(...[draw(shown, act, state.root)].flat(Infinity).filter(Boolean));
  state.drawn = drawn;
  for (const key of open) byKey(state.root, key)?.setAttribute("open", "");
  if (focused) byKey(state.root, focused)?.focus({ preventScroll: true });
}

function keyOf(focused, root) {
  return focused && root.contains(focused) ? focused.dataset.key : undefined;
}

function byKey(root, key) {
  return root.querySelector(`[data-key="${CSS.escape(key)}"]`);
}
