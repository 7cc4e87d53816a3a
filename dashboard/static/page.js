// What needs a script: copying the SQL, and refreshing without losing the place. All else works without.
"use strict";

const REFRESH_MS = 60000;
let renewed = new Date();

function prepare(root) {
  for (const button of root.querySelectorAll("button.copy")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      const text = button.closest(".command, details").querySelector("code").textContent;
      await navigator.clipboard.writeText(text);
      const said = button.textContent;
      button.textContent = "Copied";
      setTimeout(() => { button.textContent = said; }, 1500);
    });
  }
}

// Refreshing would take away what somebody is at.
function busy() {
  const active = document.activeElement;
  if (document.querySelector("main [data-still]")) return true; // its answer was asked for once
  const typing = active && active.matches("input:not([type=checkbox]), textarea, select");
  const selection = document.getSelection();
  return document.hidden || typing || (selection && !selection.isCollapsed);
}

function openDetails(main) {
  return [...main.querySelectorAll("details")].map((details) => details.open);
}

// A page that cannot be renewed must not go on saying that all is well.
function tellStale(why) {
  let told = document.getElementById("stale");
  if (!told) {
    told = document.createElement("p");
    told.id = "stale";
    told.className = "notice bad";
    told.setAttribute("role", "status");
    document.querySelector("main").prepend(told);
    document.title = "? " + document.title;
  }
  told.textContent = `Not refreshed since ${renewed.toLocaleTimeString()}: ${why}.`;
}

async function refresh() {
  if (busy()) return;
  let answer;
  try {
    answer = await fetch(location.href);
  } catch {
    return tellStale("the dashboard does not answer");
  }
  if (!answer.ok) return tellStale(`the dashboard answers ${answer.status}`);
  if (busy()) return;
  renewed = new Date();
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  const main = document.querySelector("main");
  const next = fresh.querySelector("main");
  const open = openDetails(main);
  const after = [...next.querySelectorAll("details")];
  if (after.length === open.length) after.forEach((details, at) => { details.open = open[at]; });
  const focused = document.activeElement && document.activeElement.id;
  const scroll = [window.scrollX, window.scrollY];
  main.replaceWith(next);
  prepare(next);
  for (const part of [".top .word", "footer .age", "title"]) {
    const [old, now] = [document.querySelector(part), fresh.querySelector(part)];
    if (old && now) old.replaceWith(now);
  }
  if (focused && document.getElementById(focused)) document.getElementById(focused).focus({ preventScroll: true });
  window.scrollTo(...scroll);
}

function startRefreshing() {
  const row = document.getElementById("refresh");
  if (!row) return;
  const box = document.getElementById("refresh-on");
  row.hidden = false;
  box.checked = sessionStorage.getItem("refresh") !== "off";
  box.addEventListener("change", () => sessionStorage.setItem("refresh", box.checked ? "on" : "off"));
  setInterval(() => { if (box.checked) refresh().catch(() => {}); }, REFRESH_MS);
}

prepare(document);
document.querySelector("form.sql textarea")?.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) event.target.form.requestSubmit();
});
startRefreshing();
window.newsloomRefresh = refresh;
