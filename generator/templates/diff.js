"use strict";
(() => {
  const at = (id) => document.getElementById(id);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const form = at("filter");
  const AXES = ["wire", "source", "behaviour"];
  const LEVELS = ["compatible", "compatible", "risky", "breaking"];

  const findings = all(".finding").map((element) => {
    const verdicts = [...element.dataset.v].map(Number);
    return {
      element,
      verdicts,
      worst: Math.max(...verdicts),
      documentation: "d" in element.dataset,
      accepted: "k" in element.dataset,
      provider: element.dataset.p,
      operations: element.dataset.o.split(" "),
      text: null,
    };
  });
  const byElement = new Map(findings.map((one) => [one.element, one]));
  const entries = all(".pages li");
  const pages = all(".page").map((section, index) => ({
    section,
    entry: entries[index],
    findings: all(".finding", section).map((element) => byElement.get(element)),
  }));

  /* The address holds the state: "#FINGERPRINT&axis=wire&severity=breaking,risky". */
  const KEYS = ["q", "severity", "axis", "provider", "operation", "status"];
  const decode = (text) => {
    try { return decodeURIComponent(text.replace(/\+/g, " ")); } catch { return ""; }
  };
  const fromAddress = () => {
    const state = { target: "" };
    for (const part of location.hash.slice(1).split("&")) {
      const cut = part.indexOf("=");
      const key = part.slice(0, cut);
      if (cut < 0) state.target = decode(part);
      else if (KEYS.includes(key)) state[key] = decode(part.slice(cut + 1));
    }
    return state;
  };
  const toAddress = (state, target) => {
    const told = KEYS.filter((key) => state[key]);
    const parts = told.map((key) => `${key}=${encodeURIComponent(state[key])}`);
    const hash = (target ? [target, ...parts] : parts).join("&");
    history.replaceState(null, "", hash ? `#${hash}` : location.pathname + location.search);
  };
  const fromForm = () => ({
    q: form.q.value.trim(),
    severity: all("[name=severity]:checked", form).map((box) => box.value).join(","),
    axis: form.axis.value,
    provider: form.provider.value,
    operation: form.operation.value,
    status: form.status.value,
  });
  const toForm = (state) => {
    const levels = (state.severity || "").split(",");
    form.q.value = state.q || "";
    for (const box of all("[name=severity]", form)) box.checked = levels.includes(box.value);
    form.axis.value = AXES.includes(state.axis) ? state.axis : "";
    for (const key of ["provider", "operation", "status"]) {
      form[key].value = state[key] || "";
      if (form[key].selectedIndex < 0) form[key].value = "";
    }
  };

  const text = (one) => {
    const { element } = one;
    one.text ??= `${element.querySelector("summary").textContent} ${
      element.querySelector(".facts").textContent}`.toLowerCase();
    return one.text;
  };
  const matcher = (state) => {
    const axis = AXES.indexOf(state.axis);
    const levels = state.severity ? state.severity.split(",") : null;
    const words = state.q.toLowerCase().split(/\s+/).filter(Boolean);
    const provider = String(form.provider.selectedIndex - 1);
    const operation = String(form.operation.selectedIndex - 1);
    return (one) => {
      const verdict = axis < 0 ? one.worst : one.verdicts[axis];
      const level = one.documentation ? "documentation" : LEVELS[verdict];
      return !(axis >= 0 && verdict === 0)
        && (!levels || levels.includes(level))
        && (!state.provider || one.provider === provider)
        && (!state.operation || one.operations.includes(operation))
        && (!state.status || one.accepted === (state.status === "acknowledged"))
        && words.every((word) => text(one).includes(word));
    };
  };
  const show = (state) => {
    const matches = matcher(state);
    let count = 0;
    for (const { section, entry, findings } of pages) {
      let here = 0;
      for (const one of findings) {
        const visible = matches(one);
        here += visible;
        if (one.element.hidden === visible) one.element.hidden = !visible;
      }
      section.hidden = entry.hidden = here === 0;
      count += here;
    }
    const total = findings.length;
    at("shown").textContent = count === total
      ? `${total} findings` : `${count} of ${total} findings`;
  };
  const filter = () => {
    const state = fromForm();
    show(state);
    toAddress(state, "");
  };

  /* Moving from finding to finding. */
  let current = null;
  const go = (element) => {
    current?.removeAttribute("data-current");
    current = element;
    element.setAttribute("data-current", "");
    const summary = element.querySelector("summary");
    summary.focus({ preventScroll: true });
    element.scrollIntoView({ block: "nearest" });
    summary.scrollIntoView({ block: "nearest" });
  };
  const step = (by) => {
    const visible = findings.filter((one) => !one.element.hidden);
    if (!visible.length) return;
    const focus = document.activeElement ?? document.body;
    const here = focus.closest(".finding") ?? (focus === document.body ? current : null);
    let next = visible.findIndex((one) => one.element === here) + by;
    if (!here || here.hidden) {
      const follows = ({ element }) =>
        (here ?? focus).compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING;
      const first = visible.findIndex(follows);
      next = (first < 0 ? visible.length : first) + Math.min(by, 0);
    }
    go(visible[Math.min(Math.max(next, 0), visible.length - 1)].element);
  };
  const reveal = (target) => {
    const place = target ? at(target) : null;
    const finding = place?.closest(".finding");
    if (!finding) {
      if (!place) return;
      place.tabIndex = -1;
      place.focus({ preventScroll: true });
      place.scrollIntoView();
      return;
    }
    if (finding.hidden) {
      form.reset();
      show(fromForm());
      toAddress({}, target);
    }
    finding.open = true;
    go(finding);
  };
  const follow = () => {
    const state = fromAddress();
    toForm(state);
    show(fromForm());
    reveal(state.target);
  };

  /* What people press. */
  const help = at("help");
  const explain = () => {
    help.showModal();
    at("close").focus();
  };
  const typing = (element) =>
    element.matches("select, textarea, input:not([type=checkbox], [type=radio])");
  const ACTIONS = {
    j: () => step(1),
    k: () => step(-1),
    "/": () => { at("filters").open = true; form.q.focus(); form.q.select(); },
    "?": explain,
  };
  document.addEventListener("keydown", (event) => {
    const { target, key } = event;
    if (event.ctrlKey || event.metaKey || event.altKey || help.open) return;
    if (key === "Escape" && form.contains(target)) {
      if (current && !current.hidden) go(current);
      else target.blur();
      return;
    }
    if (typing(target) || !at("single").checked) return;
    const act = ACTIONS[key];
    if (act) {
      event.preventDefault();
      act();
    } else if (key === "Enter" && target === document.body && current) {
      current.open = !current.open;
    }
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    const target = link?.getAttribute("href").slice(1);
    if (!target) return;
    event.preventDefault();
    if (link.matches("[data-state]")) {
      location.hash = target;
      return;
    }
    if (!link.matches(".skip")) toAddress(fromForm(), target);
    reveal(target);
  });

  /* Light and dark; the choice is kept where the browser allows that. */
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const stored = (value) => {
    try {
      if (value) localStorage.setItem("yunspec-theme", value);
      return localStorage.getItem("yunspec-theme");
    } catch { return null; }
  };
  const theme = at("theme");
  const paint = (name) => {
    if (name) document.documentElement.dataset.theme = name;
    const isDark = name ? name === "dark" : dark.matches;
    theme.setAttribute("aria-pressed", String(isDark));
  };
  theme.addEventListener("click", () => {
    const name = theme.getAttribute("aria-pressed") === "true" ? "light" : "dark";
    stored(name);
    paint(name);
  });
  dark.addEventListener("change", () => paint(document.documentElement.dataset.theme));
  paint(stored());

  /* Counts in the table lead to what they count. */
  for (const cell of all("td[data-axis]")) {
    if (cell.textContent === "0") continue;
    const { axis, severity } = cell.dataset;
    const link = document.createElement("a");
    link.href = `#axis=${axis}&severity=${severity}&status=open`;
    link.dataset.state = "";
    link.textContent = cell.textContent;
    link.setAttribute("aria-label", `${cell.textContent}: ${axis}, ${severity}`);
    cell.replaceChildren(link);
  }

  const fold = (open) => {
    for (const { element } of findings) if (!element.hidden) element.open = open;
  };
  let unfolded = [];
  addEventListener("beforeprint", () => {
    unfolded = findings.filter((one) => !one.element.open);
    for (const { element } of unfolded) element.open = true;
  });
  addEventListener("afterprint", () => {
    for (const { element } of unfolded) element.open = false;
  });
  form.addEventListener("input", filter);
  form.addEventListener("reset", () => setTimeout(filter));
  form.addEventListener("submit", (event) => event.preventDefault());
  at("fold").addEventListener("click", () => fold(false));
  at("unfold").addEventListener("click", () => fold(true));
  at("keys").addEventListener("click", explain);
  at("close").addEventListener("click", () => help.close());
  addEventListener("hashchange", follow);

  for (const id of ["filters", "theme", "keys", "shown"]) at(id).hidden = false;
  if (matchMedia("(max-width: 64rem)").matches) {
    for (const box of all(".box")) box.open = false;
  }
  follow();
  /* The browser itself goes to the anchor once all is loaded, and takes the focus there. */
  addEventListener("load", () => setTimeout(() => reveal(fromAddress().target)));
})();
