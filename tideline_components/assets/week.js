// A week as a calendar: a column for each day, a row for each hour, and a button for each session.
//
// It is one table. On a narrow page the days are a row of buttons, and the table shows the chosen day alone.

import { element, mount } from "./mount.js";

export default function week(component) {
  mount(component, (data, act, root) => {
    const table = element(
      "table",
      { "aria-label": data.label },
      element("thead", {}, element("tr", {}, element("td", {}), data.days.map(head))),
      element("tbody", {}, data.hours.map((hour) => row(hour, data, act))),
    );
    const days = data.days.map((day, at) =>
      element(
        "button",
        {
          type: "button",
          "data-key": `day-${day.key}`,
          "aria-label": `${day.name}, ${day.date}${day.today ? ", today" : ""}`,
          onclick: () => choose(root, drawn, data.days, at),
        },
        element("span", {}, day.short),
        element("span", {}, day.date),
      ),
    );
    const picker = element("div", { class: "tideline-week-days", role: "group", "aria-label": "Day" }, days);
    const nothing = element("p", { class: "tideline-week-nothing" }, data.nothing);
    const drawn = element("div", { class: "tideline-week" }, picker, table, nothing);
    const before = data.days.findIndex((day) => day.key === root.dataset.chosen);
    const today = data.days.findIndex((day) => day.today);
    choose(root, drawn, data.days, Math.max(before === -1 ? today : before, 0));
    return [drawn];
  });
}

// The day of which a narrow page shows the sessions.
function choose(root, drawn, days, at) {
  root.dataset.chosen = days[at].key;
  drawn.querySelectorAll(".tideline-week-days button").forEach((button, n) => {
    button.setAttribute("aria-pressed", String(n === at));
  });
  drawn.querySelectorAll("[data-day]").forEach((cell) => {
    cell.classList.toggle("tideline-week-chosen", cell.dataset.day === days[at].key);
  });
  const taken = [...drawn.querySelectorAll("tbody tr")].filter((line) => {
    const free = !line.querySelector(".tideline-week-chosen").childElementCount;
    line.classList.toggle("tideline-week-free", free);
    return !free;
  });
  drawn.querySelector(".tideline-week-nothing").hidden = taken.length > 0;
}

function head(day) {
  return element(
    "th",
    { scope: "col", "data-day": day.key, "aria-current": day.today ? "date" : null },
    element("span", { class: "tideline-week-name" }, day.name),
    element("span", { class: "tideline-week-date" }, day.today ? `${day.date}, today` : day.date),
    day.closed ? element("span", { class: "tideline-week-closed" }, day.closed) : null,
  );
}

function row(hour, data, act) {
  const cells = data.days.map((day) =>
    element(
      "td",
      { "data-day": day.key, class: day.closed ? "tideline-week-shut" : null },
      data.sessions.filter((one) => one.day === day.key && one.hour === hour.hour).map((one) => block(one, act)),
    ),
  );
  return element("tr", {}, element("th", { scope: "row" }, hour.label), cells);
}

function block(one, act) {
  const inside = [
    element("span", { class: "tideline-week-time" }, one.time),
    one.state ? element("span", { class: "tideline-week-state" }, one.state) : null,
    element("span", { class: "tideline-week-title" }, one.title),
    one.note ? element("span", { class: "tideline-week-note" }, one.note) : null,
  ];
  const spaced = inside.flatMap((part) => [part, " "]);
  const look = { class: `tideline-week-session tideline-week-${one.look}` };
  if (!one.opens) return element("div", look, spaced);
  return element(
    "button",
    { ...look, type: "button", title: one.opens, "data-key": `session-${one.id}`, onclick: () => act("open", one.id) },
    spaced,
  );
}
