// Theme, type size and how much is fetched: shown only where scripts run, read by the server so that no page flashes.
// The device remembers them for a year; the type size of who is signed in goes with the account to every device.

const form = document.querySelector("[data-looks]");
const year = 365 * 24 * 60 * 60;
const secure = location.protocol === "https:" ? "; Secure" : "";

if (form) {
  for (const name of ["theme", "size", "network"]) {
    const now = document.documentElement.dataset[name] ?? "";
    for (const option of form.elements[name]) option.checked = option.value === now;
  }
  form.hidden = false;
  form.addEventListener("change", ({ target }) => {
    const { name, value } = target;
    if (value) document.documentElement.dataset[name] = value;
    else delete document.documentElement.dataset[name];
    if (name === "size" && form.dataset.kept) {
      const said = new URLSearchParams({ size: value, csrf_token: form.elements.csrf_token.value });
      fetch(form.dataset.kept, { method: "POST", body: said, redirect: "manual", keepalive: true }).catch(() => {});
      return;
    }
    document.cookie = `${name}=${value}; Path=/; Max-Age=${value ? year : 0}; SameSite=Lax${secure}`;
  });
}
