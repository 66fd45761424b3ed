/* Small conveniences. Every page works without this file. */
(() => {
  "use strict";

  const cookie = (name) => document.cookie.split("; ").find((part) => part.startsWith(`${name}=`))?.slice(name.length + 1);

  /* Menus close when one clicks elsewhere or presses Escape. */
  const closeMenus = (except) => {
    for (const menu of document.querySelectorAll("details.menu[open]")) if (menu !== except) menu.open = false;
  };
  document.addEventListener("click", (event) => closeMenus(event.target.closest("details.menu")));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const open = document.querySelector("details.menu[open]");
    if (!open) return;
    open.open = false;
    open.querySelector("summary").focus();
  });

  /* Copy a link: <button data-copy="address" data-copied="Copied">. */
  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-copy]");
    if (!button) return;
    const label = button.textContent;
    await navigator.clipboard.writeText(new URL(button.dataset.copy, location.href).href);
    button.textContent = button.dataset.copied;
    setTimeout(() => { button.textContent = label; }, 2500);
  });

  /* Counters: <output class="counter" data-counts="id-of-field" data-most="500">. They count as the server does:
     code points, and two for the end of a line. */
  const length = (text) => [...text].length + (text.match(/\n/g)?.length ?? 0);
  const count = (output) => {
    const field = document.getElementById(output.dataset.counts);
    const used = length(field.value);
    output.textContent = output.dataset.most ? `${used} / ${output.dataset.most}` : String(used);
    output.classList.toggle("over", Boolean(output.dataset.most) && used > Number(output.dataset.most));
  };

  /* Moments in the reader's own zone: <span data-moment="ISO" data-offset="420" data-label="for you" hidden>. */
  const showMoment = (span) => {
    const moment = new Date(span.dataset.moment);
    const ahead = -moment.getTimezoneOffset();
    if (ahead === Number(span.dataset.offset)) return;
    const language = { en: "en-GB" }[document.documentElement.lang] ?? document.documentElement.lang;
    const sameDay = moment.getDate() === Number(span.dataset.moment.slice(8, 10));
    const written = new Intl.DateTimeFormat(`${language}-u-ca-gregory-nu-latn`, {
      ...(sameDay ? {} : { day: "numeric", month: "short" }), hour: "2-digit", minute: "2-digit", hourCycle: "h23",
    }).format(moment);
    const [hours, minutes] = [Math.floor(Math.abs(ahead) / 60), Math.abs(ahead) % 60];
    const zone = `UTC${ahead < 0 ? "-" : "+"}${String(hours).padStart(2, "0")}:${String(minutes).padStart(2, "0")}`;
    span.textContent = `${span.dataset.label} ${written} (${zone})`;
    span.hidden = false;
  };

  /* Drafts save themselves: <form data-autosave="address"> with <p class="autosave" data-saving data-saved data-failed>. */
  const autosave = (form) => {
    const line = form.querySelector(".autosave");
    const say = (what) => {
      if (!line) return;
      line.textContent = line.dataset[what] ?? "";
      line.classList.toggle("failed", what === "failed");
    };
    let timer, busy = false, again = false, pause = 1500;
    const later = (wait) => { clearTimeout(timer); timer = setTimeout(save, wait); };
    const save = async () => {
      if (busy) { again = true; return; }
      busy = true;
      say("saving");
      try {
        const body = new FormData(form);
        for (const [name, value] of [...body]) if (value instanceof File) body.delete(name);
        const answer = await fetch(form.dataset.autosave, {
          method: "POST", body, redirect: "error", headers: { "X-Requested-With": "autosave", Accept: "application/json" },
        });
        if (!answer.ok) throw new Error(String(answer.status));
        const told = answer.headers.get("Content-Type")?.startsWith("application/json") ? await answer.json() : {};
        if (told.autosave) form.dataset.autosave = told.autosave;
        if (told.version && form.elements.version) form.elements.version.value = told.version;
        pause = 1500;
        say("saved");
      } catch {
        say("failed");
        pause = Math.min(pause * 2, 60000);
        again = true;
      }
      busy = false;
      if (again) { again = false; later(pause); }
    };
    form.addEventListener("input", () => later(1500));
    form.addEventListener("submit", () => clearTimeout(timer));
    window.addEventListener("online", () => { if (line?.classList.contains("failed")) later(0); });
  };

  /* A form that is sent again after signing in elsewhere takes the token of today. */
  document.addEventListener("submit", (event) => {
    const token = event.target.matches("[data-again]") && cookie("csrftoken");
    if (token) event.target.elements.csrfmiddlewaretoken.value = token;
  });

  const begin = (root) => {
    for (const output of root.querySelectorAll("[data-counts]")) {
      if (output.dataset.begun || !document.getElementById(output.dataset.counts)) continue;
      output.dataset.begun = "1";
      document.getElementById(output.dataset.counts).addEventListener("input", () => count(output));
      count(output);
    }
    for (const span of root.querySelectorAll("[data-moment][hidden]")) showMoment(span);
    for (const form of root.querySelectorAll("form[data-autosave]")) {
      if (form.dataset.begun) continue;
      form.dataset.begun = "1";
      autosave(form);
    }
  };
  document.documentElement.classList.add("js");
  begin(document);
  document.querySelector(".form-errors")?.focus();
  document.addEventListener("htmx:load", (event) => begin(event.target.parentElement ?? event.target));
})();
