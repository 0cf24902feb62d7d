// Clients, a line each.

import { element, mount } from "./mount.js";

export default function clientList(component) {
  mount(component, (data, act) =>
    element(
      "ul",
      { class: "tideline-clients", "aria-label": data.label },
      data.clients.map((one) =>
        element(
          "li",
          {},
          element(
            "button",
            { type: "button", "data-key": `open-${one.id}`, onclick: () => act("open", one.id) },
            one.name,
          ),
        ),
      ),
    ),
  );
}
