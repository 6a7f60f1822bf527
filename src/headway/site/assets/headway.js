// The pages work without this. It adds: "/" goes to the search for a school, and a button that prints.
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
