// The pages work without this. It adds: "/" goes to the search for a school, a button that prints, and that what is typed is kept.
const find = document.getElementById("find");
if (find) {
  find.placeholder = "Find a school (press /)";
  find.setAttribute("aria-keyshortcuts", "/");
}

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, select, textarea, [contenteditable]");
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || typing || !find) return;
  event.preventDefault();
  find.focus();
  find.select();
});

for (const item of document.querySelectorAll("[data-needs-script]")) item.hidden = false;
for (const button of document.querySelectorAll("[data-print]")) button.addEventListener("click", () => window.print());

// A button that is pressed twice sends once. Whoever comes back to a page may send it again; what is the same is written once.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post") return;
  if (form.dataset.sent) event.preventDefault();
  else if (form.dataset.slow) working(form);
  form.dataset.sent = "yes";
  if (form.dataset.slow) return; // the page goes on to what came out
  setTimeout(() => delete form.dataset.sent, 5000); // a form that answers with a file leaves the page where it is
});

// What takes long says so beside its button, and for how long it has been at it.
const working = (form) => {
  const said = document.createElement("p");
  said.className = "hw-working";
  said.setAttribute("role", "status");
  form.append(said);
  const counted = document.createElement("span");
  counted.setAttribute("aria-hidden", "true");
  const began = Date.now();
  const tick = () => (counted.textContent = `${Math.round((Date.now() - began) / 1000)} s`);
  tick();
  setInterval(tick, 1000);
  said.append(document.createElement("progress"), `${form.dataset.slow} `, counted);
};
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
  for (const said of document.querySelectorAll(".hw-working")) said.remove();
});

// What is typed is kept: with us every few seconds where a form names an address, in this browser while there is no connection, and
// in neither once it is saved or the person signs out.
const KEPT = "headway-typed:";
const signedIn = document.querySelector(".hw-who a");

for (const form of document.querySelectorAll("form[data-keep]")) {
  const said = form.querySelector("[data-kept]");
  const key = KEPT + location.pathname + location.search;
  let timer = 0;
  let unsaved = false;

  const typed = () => [...new FormData(form)].filter(([name]) => name !== "csrfmiddlewaretoken" && name !== "once");
  const keepHere = () => localStorage.setItem(key, JSON.stringify(typed()));
  const keep = async () => {
    if (!form.dataset.keep) {
      keepHere();
      said.textContent = "Kept in this browser until you save it.";
      return;
    }
    try {
      const answer = await fetch(form.dataset.keep, { method: "POST", body: new FormData(form) });
      if (!answer.ok) throw new Error(answer.status);
      localStorage.removeItem(key);
      unsaved = false;
      said.textContent = `Kept ${(await answer.json()).saved}`;
    } catch {
      keepHere();
      said.textContent = "No connection. Kept in this browser; it is sent as soon as there is one.";
    }
  };

  const before = localStorage.getItem(key);
  if (before) {
    for (const [name, text] of JSON.parse(before)) {
      const field = form.elements.namedItem(name);
      if (field && "value" in field && !["csrfmiddlewaretoken", "began_from"].includes(name)) field.value = text;
    }
    said.textContent = "What you typed here before is in the form again.";
    keep();
  }
  form.addEventListener("input", () => {
    unsaved = true;
    clearTimeout(timer);
    timer = setTimeout(keep, 2000);
  });
  form.addEventListener("submit", () => {
    unsaved = false;
    localStorage.removeItem(key);
    clearTimeout(timer);
  });
  addEventListener("online", keep);
  addEventListener("beforeunload", (event) => {
    if (unsaved) event.preventDefault();
  });
}

// After signing out nothing that a person typed is left in the browser for the next one.
const forget = () => Object.keys(localStorage).filter((key) => key.startsWith(KEPT)).forEach((key) => localStorage.removeItem(key));
for (const form of document.querySelectorAll(".hw-who form")) form.addEventListener("submit", forget);
if (!signedIn) forget();

// A meeting on tiers: letters move and choose, and the adviser days follow what is chosen before it is saved.
document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input:not([type=radio]), select, textarea, [contenteditable]");
  if (typing || event.ctrlKey || event.metaKey || event.altKey || !/^[a-z]$/.test(event.key)) return;
  const wanted = document.querySelector(`[data-key="${event.key}"]`);
  if (!wanted) return;
  event.preventDefault();
  wanted.focus();
  wanted.click();
});

const plan = document.querySelector("[data-plan]");
const settles = document.querySelector("form[data-settles]");
if (plan && settles) {
  const days = JSON.parse(plan.dataset.days);
  const was = plan.dataset.now;
  const tiers = [...plan.querySelectorAll("[data-plan-tier]")].map((one) => [one, one.dataset.planTier, Number(one.textContent)]);
  const show = () => {
    const chosen = settles.querySelector("input[name=tier]:checked")?.value ?? was;
    const total = Number(plan.dataset.plan) - days[was] + days[chosen];
    plan.querySelector("[data-plan-days]").textContent = total;
    if (plan.dataset.atHand !== "") {
      const left = Number(plan.dataset.atHand) - total;
      plan.querySelector("[data-plan-left]").textContent = Math.abs(left);
      plan.querySelector("[data-plan-word]").textContent = left < 0 ? "too many" : "left";
    }
    for (const [one, tier, many] of tiers) one.textContent = many + (tier === chosen) - (tier === was);
  };
  settles.addEventListener("change", show);
  show();
}
