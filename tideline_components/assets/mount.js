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
//
// What acts change stands in `data.state`, and nothing is drawn anew for it: `follow(root, state, waiting)` shows it,
// with the acts that the server has not handled yet, after each act and each answer of the server.
export function mount(component, draw, follow) {
  const { data, parentElement, setStateValue } = component;
  let mount = mounted.get(parentElement);
  // Streamlit may draw another component of the same kind in the same place: what was done in one (about one client) is
  // no act in the other.
  if (mount?.key !== data.key) mount = { key: data.key, root: mount?.root, drawn: "", last: 0, waiting: [] };
  mounted.set(parentElement, mount);
  mount.last = Math.max(mount.last, data.handled);
  mount.waiting = mount.waiting.filter((one) => one.n > data.handled);
  mount.send = (acts) => setStateValue("acts", acts);
  mount.state = data.state;
  const act = (kind, about, value = null, token = "") => {
    mount.last += 1;
    mount.waiting.push({ n: mount.last, kind, about, value, token });
    mount.send([...mount.waiting]);
    follow?.(mount.root, mount.state, mount.waiting);
  };
  const { handled, state, ...shown } = data;
  const drawn = JSON.stringify(shown);
  if (!mount.root?.isConnected || mount.drawn !== drawn) redraw(mount, parentElement, () => draw(shown, act, mount.root));
  mount.drawn = drawn;
  follow?.(mount.root, mount.state, mount.waiting);
}

function redraw(mount, parentElement, draw) {
  if (!mount.root?.isConnected) {
    mount.root = element("div", { class: "tideline-component" });
    parentElement.append(mount.root);
  }
  const focused = keyOf(document.activeElement, mount.root);
  const open = [...mount.root.querySelectorAll("details[open][data-key]")].map((one) => one.dataset.key);
  mount.root.replaceChildren(...[draw()].flat(Infinity).filter(Boolean));
  for (const key of open) byKey(mount.root, key)?.setAttribute("open", "");
  if (focused) byKey(mount.root, focused)?.focus({ preventScroll: true });
}

function keyOf(focused, root) {
  return focused && root.contains(focused) ? focused.dataset.key : undefined;
}

function byKey(root, key) {
  return root.querySelector(`[data-key="${CSS.escape(key)}"]`);
}
