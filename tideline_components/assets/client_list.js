// Clients, a line each: who, what stands out, what next, how to reach them, a few buttons, and the rest behind a click.

import { element, mount } from "./mount.js";

const SVG = "http://www.w3.org/2000/svg";
const SPARK = { width: 56, height: 22, edge: 3, floor: 40 }; // hardly anybody has fewer points, and a change is seen better

export default function clientList(component) {
  mount(component, (data, act, root) => {
    const unfolded = new Set(
      [...root.querySelectorAll("button[aria-expanded=true][data-fold]")].map((one) => one.dataset.key),
    );
    const page = { data, act, root, unfolded };
    return data.sections.map((section, number) => drawSection(page, section, number));
  });
}

function drawSection(page, section, number) {
  const { data } = page;
  const id = `${data.id}-${number}`;
  const head = [
    section.heading && element("h2", { id, class: "tideline-clients-heading" }, section.heading, " ", muted(section.count)),
    section.meaning && element("span", { class: "tideline-clients-meaning" }, section.meaning),
    (section.acts ?? []).map((one) => button(page, one, { id: 0, name: "" }, "section")),
    section.folded && fold(section.folded),
  ].filter(Boolean);
  return element(
    "section",
    {
      class: `tideline-clients ${section.tone ? `tideline-clients-${section.tone}` : ""}`,
      "aria-labelledby": section.heading ? id : null,
      "aria-label": section.heading ? null : data.label,
    },
    head.length ? element("div", { class: "tideline-clients-head" }, head) : null,
    section.lines?.length
      ? element("ul", { role: "list" }, section.lines.map((line) => drawLine(page, line)))
      : null,
    (section.notes ?? []).map((note) => element("p", { class: "tideline-clients-note" }, note)),
  );
}

function fold([title, text]) {
  return element(
    "details",
    { class: "tideline-clients-fold", "data-key": title },
    element("summary", {}, title),
    element("div", {}, text),
  );
}

// --- a line ---------------------------------------------------------------------------------------------------------

function drawLine(page, line) {
  const key = `more-${line.id}`;
  const open = page.unfolded.has(key);
  const more = element(
    "dl",
    { class: "tideline-client-more", id: `${page.data.id}-${key}`, hidden: !open },
    [...(line.more ?? []), ...meanings(line)].map(([head, texts]) => [
      element("dt", {}, head),
      texts.map((text) => element("dd", {}, text)),
    ]),
  );
  return element(
    "li",
    { class: "tideline-client", "data-client": line.id },
    who(page, line, unfolder(line, key, open, more)),
    what(page, line),
    contact(line),
    element("div", { class: "tideline-client-acts" }, (line.acts ?? []).map((one) => button(page, one, line, "act"))),
    more,
  );
}

function meanings(line) {
  return (line.marks ?? []).filter((one) => one.meaning).map((one) => [one.text, [one.meaning]]);
}

function unfolder(line, key, open, more) {
  const made = element("button", {
    type: "button",
    class: "tideline-client-unfold",
    "data-key": key,
    "data-fold": true,
    "aria-expanded": String(open),
    "aria-controls": more.id,
    "aria-label": `More about ${line.name}`,
    title: "More",
  });
  made.addEventListener("click", () => {
    more.hidden = !more.hidden;
    made.setAttribute("aria-expanded", String(!more.hidden));
  });
  return made;
}

function who(page, line, unfold) {
  return element(
    "div",
    { class: "tideline-client-who" },
    unfold,
    element(
      "button",
      { type: "button", class: "tideline-client-name", "data-key": `open-${line.id}`, onclick: () => page.act("open", line.id) },
      line.name,
    ),
    line.spark ? spark(line.spark, page.data.top) : null,
    line.group || line.of
      ? element("div", { class: "tideline-client-group" }, [line.group, line.of].filter(Boolean).join(" · "))
      : null,
  );
}

function what(page, line) {
  return element(
    "div",
    { class: "tideline-client-what" },
    flags(line.marks),
    element(
      "div",
      { class: "tideline-client-headline" },
      line.new ? [element("span", { class: "tideline-new" }, "new"), " "] : null,
      element("strong", {}, line.headline),
    ),
    line.next ? element("div", { class: "tideline-client-next" }, said(line.next)) : null,
    line.next_acts
      ? element("div", { class: "tideline-client-ways" }, line.next_acts.map((one) => button(page, one, line, "next")))
      : null,
    (line.beneath ?? []).map((text) => element("div", { class: "tideline-client-beneath" }, text)),
  );
}

function flags(marks) {
  if (!marks?.length) return null;
  return element(
    "ul",
    { class: "tideline-flags", role: "list", "aria-label": "Flags" },
    marks.map((one) =>
      element("li", { class: `tideline-flag ${one.grave ? "tideline-flag-grave" : ""}`, title: one.meaning }, one.text),
    ),
  );
}

function contact(line) {
  return element(
    "div",
    { class: "tideline-client-contact" },
    line.phone
      ? element(
          "div",
          {},
          line.phone.href
            ? element("a", { href: line.phone.href, "aria-label": `Dial ${line.phone.number}, ${line.name}` }, line.phone.number)
            : line.phone.number,
        )
      : null,
    (line.contact ?? []).map((one) => element("div", {}, said(one))),
  );
}

function said(one) {
  const tag = one.strong ? "strong" : "span";
  return element(tag, { title: one.date, class: one.muted ? "tideline-muted" : null }, one.text);
}

function muted(text) {
  return text ? element("span", { class: "tideline-clients-count" }, text) : null;
}

// --- the small line of points ---------------------------------------------------------------------------------------

function shape(tag, attributes, ...children) {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

function spark({ points, color, label }, top) {
  const { width, height, edge, floor } = SPARK;
  const step = (width - 2 * edge) / Math.max(points.length - 1, 1);
  const scale = (height - 2 * edge) / Math.max(top - floor, 1);
  const spots = points.map((value, n) =>
    value === null ? null : [edge + n * step, height - edge - scale * Math.max(value - floor, 0)],
  );
  const runs = [[]];
  for (const spot of spots) {
    if (spot === null) runs.push([]);
    else runs.at(-1).push(spot);
  }
  const drawn = runs.filter((run) => run.length).map((run) =>
    run.length > 1
      ? shape("polyline", { points: run.map(([x, y]) => `${x.toFixed(1)},${y.toFixed(1)}`).join(" "), class: "tideline-spark-line" })
      : shape("circle", { cx: run[0][0], cy: run[0][1], r: 1.4, class: "tideline-spark-dot" }),
  );
  const last = spots.at(-1);
  if (last) drawn.push(shape("circle", { cx: last[0], cy: last[1], r: 2.8, fill: color, class: "tideline-spark-last" }));
  const title = shape("title", {});
  title.textContent = label;
  return shape(
    "svg",
    { class: "tideline-client-spark", viewBox: `0 0 ${width} ${height}`, width, height, role: "img", "aria-label": label },
    title,
    ...drawn,
  );
}

// --- buttons and their menus ----------------------------------------------------------------------------------------

function button(page, one, line, place) {
  const { data, act } = page;
  const menus = (one.menu ?? []).map((number) => data.menus[number]);
  const named = one.says ?? one.label;
  const made = element(
    "button",
    {
      type: "button",
      class: `tideline-act ${one.primary ? "tideline-act-primary" : ""} ${menus.length && one.label.length > 1 ? "tideline-act-menu" : ""} ${one.only ? `tideline-only-${one.only}` : ""}`,
      "data-key": `${place}-${one.label}-${one.about ?? line.id}`,
      "aria-label": line.name ? `${named}: ${line.name}` : named === one.label ? null : named,
      "aria-haspopup": menus.length ? "menu" : null,
      "aria-expanded": menus.length ? "false" : null,
      disabled: data.locked && !one.looks,
    },
    one.label,
  );
  const send = (chosen) => act(chosen.kind, chosen.about ?? line.id, chosen.value ?? "", line.token ?? "");
  if (menus.length) opensMenu(made, page.root, menus, send);
  else made.addEventListener("click", () => send(one));
  return made;
}

function opensMenu(opener, root, menus, send) {
  let menu = null;
  let wasOpen = false; // the press that begins a click has closed it already
  opener.addEventListener("pointerdown", () => {
    wasOpen = menu !== null;
  });
  const close = () => {
    if (menu?.isConnected) menu.hidePopover();
    else document.removeEventListener("scroll", close, true); // its line was drawn anew meanwhile
  };
  const choose = (choice) => {
    close();
    opener.focus();
    send(choice);
  };
  opener.addEventListener("click", () => {
    if (wasOpen || menu) {
      wasOpen = false;
      close();
      return;
    }
    menu = drawMenu(opener, menus, choose);
    menu.addEventListener("toggle", (event) => {
      if (event.newState === "open") return;
      opener.setAttribute("aria-expanded", "false");
      if (menu?.contains(document.activeElement)) opener.focus();
      menu?.remove();
      menu = null;
      document.removeEventListener("scroll", close, true);
    });
    root.append(menu);
    menu.showPopover();
    place(menu, opener);
    opener.setAttribute("aria-expanded", "true");
    menu.querySelector("[role=menuitem]").focus({ preventScroll: true });
    document.addEventListener("scroll", close, true); // it would stand where its button is not any more
  });
}

function drawMenu(opener, menus, choose) {
  return element(
    "div",
    {
      class: "tideline-menu",
      role: "menu",
      popover: "auto",
      "aria-label": opener.getAttribute("aria-label") ?? opener.textContent,
      onkeydown: step,
    },
    menus.map(({ heading, choices }) =>
      element(
        "div",
        { role: heading ? "group" : null, "aria-label": heading || null },
        heading ? element("div", { class: "tideline-menu-heading", "aria-hidden": "true" }, heading) : null,
        choices.map((choice) =>
          element("button", { type: "button", role: "menuitem", tabindex: "-1", onclick: () => choose(choice) }, choice.label),
        ),
      ),
    ),
  );
}

function step(event) {
  const items = [...event.currentTarget.querySelectorAll("[role=menuitem]")];
  const at = items.indexOf(document.activeElement);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[event.key];
  if (event.key === "Tab") event.currentTarget.hidePopover();
  if (to === undefined) return;
  event.preventDefault();
  items.at(to % items.length)?.focus();
}

function place(menu, opener) {
  const from = opener.getBoundingClientRect();
  const box = menu.getBoundingClientRect();
  const fits = from.bottom + 4 + box.height <= innerHeight;
  menu.style.left = `${Math.max(8, Math.min(from.left, innerWidth - box.width - 8))}px`;
  menu.style.top = `${fits ? from.bottom + 4 : Math.max(8, from.top - box.height - 4)}px`;
}
