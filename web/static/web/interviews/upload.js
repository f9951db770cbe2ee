/* Sends a form with a file, shows how far it has come, and puts the answer in the page's place. */

const MAIN = "#main";

function hasFile(form) {
  return [...form.querySelectorAll('input[type="file"]')].some((one) => one.files.length > 0);
}

function show(form, sent, total) {
  const box = form.querySelector("[data-progress]");
  const percent = total ? Math.round((100 * sent) / total) : 0;
  box.hidden = false;
  box.querySelector("progress").value = percent;
  box.querySelector("[data-progress-words]").textContent = percent < 100 ? `Sending: ${percent} %` : "Sent. Reading it…";
}

function put(answer) {
  const page = new DOMParser().parseFromString(answer.responseText, "text/html");
  document.title = page.title;
  document.querySelector(MAIN).replaceWith(document.adoptNode(page.querySelector(MAIN)));
  if (answer.responseURL !== location.href) history.pushState(null, "", answer.responseURL);
  watch();
  document.querySelector(MAIN).focus();
  scrollTo(0, 0);
}

function send(form) {
  const request = new XMLHttpRequest();
  const button = form.querySelector("button:not([type=button])");
  request.open("POST", form.action);
  request.upload.addEventListener("progress", (event) => show(form, event.loaded, event.total));
  request.addEventListener("load", () => put(request));
  request.addEventListener("error", () => {
    button.disabled = false;
    form.querySelector("[data-progress-words]").textContent = "The connection was lost. Please send it again.";
  });
  request.send(new FormData(form));
  button.disabled = true;
  show(form, 0, 0);
}

function watch() {
  for (const form of document.querySelectorAll("form[data-upload]")) {
    form.addEventListener("submit", (event) => {
      if (!hasFile(form)) return;
      event.preventDefault();
      send(form);
    });
  }
}

addEventListener("popstate", () => location.reload());
watch();
