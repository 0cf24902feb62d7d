// Rows with one answer each: the signs of a check-in, the marks of a roll call.
//
// A press shows at once and the server is told (see mount.js); what the server holds comes as `state`, by row, and wins
// as soon as it has handled the press. Rows are not drawn anew for that: a button that is replaced while the mouse is
// down would lose the click.
//
// By keyboard a row is one stop. A number (or the letter) of an answer gives it and goes to the next row, 0 takes it
// back, Enter passes the row by, up and down change the row, right and left its buttons. A key that is held down answers
// one row and no more: nobody answers the rest without reading it.

import { element, mount } from "./mount.js";

const TAKE_BACK = ["0", "Delete", "Backspace"];

export default function choices(component) {
  mount(component, draw, follow);
}

function draw(data, act, root) {
  const answer = (row, value) => value !== answerOf(row) && act("answer", row.dataset.row, value);
  const pressed = ({ currentTarget }) => {
    const row = rowOf(currentTarget);
    answer(row, currentTarget.getAttribute("aria-pressed") === "true" ? null : currentTarget.value);
  };
  const all = ({ currentTarget }) => {
    const rows = rowsFor(root, currentTarget).filter((row) => answerOf(row) === null);
    if (rows.length) act("all", currentTarget.value, rows.map((row) => row.dataset.row));
  };
  return element(
    "div",
    {
      class: `tideline-choices tideline-choices-${data.look}`,
      role: "group",
      "aria-label": data.label,
      onkeydown: (event) => keyed(event, root, data.next, answer),
    },
    data.parts.map((part, n) => drawPart(part, pressed, all, n === 0 ? data.keys : null)),
  );
}

function drawPart(part, pressed, all, keys) {
  const rows = part.rows.map((row) => drawRow(row, pressed));
  const head = [
    part.title ? element("strong", {}, part.title) : null,
    part.words ? element("span", { class: "tideline-muted" }, part.words) : null,
    part.count
      ? element("span", { class: "tideline-muted", "data-count": part.count }, "")
      : null,
  ];
  const help = part.help
    ? element(
        "div",
        { class: "tideline-choices-help", role: "alert", hidden: true, "data-of": ids(part.help.of) },
        part.help.lines.map((line, n) => element("p", {}, n === 0 ? element("strong", {}, line) : line)),
      )
    : null;
  const together = part.all
    ? element(
        "button",
        {
          type: "button",
          value: part.all.value,
          "data-of": ids(part.all.of),
          "data-whole": part.all.whole,
          "data-key": `all-${part.id}`,
          onclick: all,
        },
        part.all.label,
      )
    : null;
  if (part.folded) {
    return element(
      "details",
      { class: "tideline-choices-part", "data-key": part.id },
      element("summary", {}, ...head),
      ...rows,
      help,
    );
  }
  const says = keys ? element("span", { class: "tideline-choices-keys tideline-muted" }, keys) : null;
  const heads = head.some(Boolean) || says || together;
  return element(
    "section",
    { class: "tideline-choices-part" },
    heads ? element("div", { class: "tideline-choices-head" }, element("div", {}, ...head), says, together) : null,
    ...rows,
    help,
  );
}

function drawRow(row, pressed) {
  const said = element(
    "div",
    { class: "tideline-choices-words" },
    element("span", { class: "tideline-choices-label" }, row.label),
    row.words ? element("span", { class: "tideline-muted" }, ` ${row.words}`) : null,
    row.flags?.length
      ? element(
          "ul",
          { class: "tideline-flags", "aria-label": "Flags" },
          row.flags.map(([text, grave]) =>
            element("li", { class: `tideline-flag${grave ? " tideline-flag-grave" : ""}` }, text),
          ),
        )
      : null,
  );
  const last = row.last
    ? element(
        "div",
        { class: "tideline-choices-last" },
        element("span", { class: "tideline-muted" }, "last: "),
        element(row.last.strong ? "strong" : "span", { class: row.last.muted ? "tideline-muted" : null }, row.last.said),
      )
    : null;
  if (!row.options) {
    return element("div", { class: "tideline-choices-row", "data-without": row.id }, said, last);
  }
  return element(
    "div",
    {
      class: "tideline-choices-row",
      role: "group",
      tabindex: "0",
      "aria-label": row.words ? `${row.label}. ${row.words}` : row.label,
      "data-row": row.id,
      "data-key": row.id,
      "data-under": row.under?.row,
      "data-under-value": row.under?.value,
      hidden: Boolean(row.under),
    },
    said,
    last,
    element(
      "div",
      { class: "tideline-choices-buttons" },
      row.options.map((option) =>
        element(
          "button",
          {
            type: "button",
            tabindex: "-1",
            value: option.value,
            "aria-pressed": "false",
            "aria-label": `${option.label}: ${row.label}`,
            "data-keys": option.keys,
            "data-key": `${row.id}=${option.value}`,
            onclick: pressed,
          },
          option.label,
        ),
      ),
    ),
  );
}

// --- what is answered -------------------------------------------------------------------------------------------------

function follow(root, state, waiting) {
  const answers = { ...state };
  for (const { kind, about, value } of waiting) {
    if (kind === "answer") answers[about] = value;
    if (kind === "all") for (const id of value) answers[id] = about;
  }
  for (const row of root.querySelectorAll("[data-row]")) {
    const answer = answers[row.dataset.row] ?? null;
    for (const button of row.querySelectorAll("button")) {
      button.setAttribute("aria-pressed", String(button.value === answer));
    }
    if (row.dataset.under) row.hidden = answers[row.dataset.under] !== row.dataset.underValue;
  }
  for (const help of root.querySelectorAll(".tideline-choices-help")) {
    const needed = rowsFor(root, help).some((row) => answerOf(row) === "present");
    const news = needed && help.hidden && waiting.length;
    help.hidden = !needed;
    if (news) help.scrollIntoView({ block: "nearest" });
  }
  for (const button of root.querySelectorAll("button[data-of]")) {
    const rows = rowsFor(root, button);
    const open = rows.filter((row) => answerOf(row) === null).length;
    button.disabled = "whole" in button.dataset ? open < rows.length : open === 0;
  }
  for (const part of root.querySelectorAll(".tideline-choices-part")) {
    const count = part.querySelector("[data-count]");
    if (!count) continue;
    const rows = [...part.querySelectorAll("[data-row]:not([data-under])")];
    const answered = rows.filter((row) => answerOf(row) !== null).length;
    count.textContent = answered ? count.dataset.count.replace("{n}", answered).replace("{of}", rows.length) : "";
  }
}

function answerOf(row) {
  return row.querySelector('button[aria-pressed="true"]')?.value ?? null;
}

function rowOf(one) {
  return one.closest("[data-row]");
}

function ids(of) {
  return of.join(" ");
}

function rowsFor(root, one) {
  const of = one.dataset.of.split(" ");
  return [...root.querySelectorAll("[data-row]")].filter((row) => of.includes(row.dataset.row));
}

// --- by keyboard ------------------------------------------------------------------------------------------------------

function keyed(event, root, next, answer) {
  const row = rowOf(event.target);
  if (!row || event.ctrlKey || event.metaKey || event.altKey) return;
  const { key, repeat } = event;
  const chosen = [...row.querySelectorAll("button")].find((one) => one.dataset.keys.split(" ").includes(key.toLowerCase()));
  if (chosen || TAKE_BACK.includes(key)) {
    event.preventDefault();
    if (repeat) return;
    answer(row, chosen ? chosen.value : null);
    if (chosen) goTo(root, row, 1, next);
  } else if (key === "Enter" && event.target === row) {
    event.preventDefault();
    if (!repeat) goTo(root, row, 1, next);
  } else if (key === "ArrowDown" || key === "ArrowUp") {
    event.preventDefault();
    goTo(root, row, key === "ArrowDown" ? 1 : -1);
  } else if (key === "ArrowRight" || key === "ArrowLeft") {
    event.preventDefault();
    const stops = [row, ...row.querySelectorAll("button")];
    const at = stops.indexOf(event.target) + (key === "ArrowRight" ? 1 : -1);
    stops[Math.min(Math.max(at, 0), stops.length - 1)].focus();
  }
}

// To a row further on or back; past the last one to the button that follows the rows, if it is named.
function goTo(root, from, step, next = null) {
  const rows = [...root.querySelectorAll("[data-row]")].filter((row) => row.getClientRects().length);
  const to = rows[rows.indexOf(from) + step];
  if (to) to.focus();
  else if (next) focusOnceThere(`.st-key-${CSS.escape(next)} button`);
}

// Whoever types faster than the server answers is past the last row before the button is drawn: the focus goes there then,
// unless it has gone elsewhere meanwhile.
function focusOnceThere(selector) {
  const from = document.activeElement;
  const go = () => {
    const to = document.querySelector(selector);
    if (to && document.activeElement === from) to.focus();
    return Boolean(to) || document.activeElement !== from;
  };
  if (go()) return;
  const observer = new MutationObserver(() => go() && observer.disconnect());
  observer.observe(document.body, { childList: true, subtree: true });
}
