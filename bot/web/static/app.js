// The chat without reloading the page. Everything it does also works without it, by plain forms: it posts the
// same forms, and puts the parts of the page that the server sends back in place of the old ones.

const SHOW_WRITING_AFTER = 400;
const REPLACED = ["progress", "choices", "composer", "panel"];

const log = document.getElementById("log");
const writing = document.getElementById("writing");
const alertLine = document.getElementById("alert");
const withMouse = matchMedia("(pointer: fine)").matches;
const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
let busy = false;

function field() {
  return document.getElementById("text");
}

function say(sentence) {
  alertLine.textContent = sentence;
  alertLine.hidden = !sentence;
}

async function ask(address, options) {
  const headers = { "X-Requested-With": "fetch" };
  const response = await fetch(address, { ...options, headers, credentials: "same-origin" });
  const text = await response.text();
  if (!(response.headers.get("Content-Type") ?? "").startsWith("text/html")) {
    if (!response.ok) throw new Error(text);
    return null;
  }
  return { ok: response.ok, parts: new DOMParser().parseFromString(text, "text/html") };
}

// A draft stays in the field unless it is what was just sent.
function replaceParts(parts, keepDraft) {
  const draft = keepDraft ? field().value : "";
  const panelScroll = document.getElementById("panel").scrollTop;
  for (const id of REPLACED) {
    const fresh = parts.getElementById(id);
    if (fresh) document.getElementById(id).replaceWith(document.adoptNode(fresh));
  }
  document.getElementById("panel").scrollTop = panelScroll;
  if (draft && !field().value) field().value = draft;
  fit(field());
}

// The question that will take the focus is read there: the live region must not read it a second time.
function addMessages(parts, focusQuestion) {
  const news = parts.getElementById("news");
  const fresh = [...news.querySelectorAll("li.message")].map((item) => document.adoptNode(item));
  const question = focusQuestion ? fresh.filter((item) => "question" in item.dataset).pop() : undefined;
  question?.setAttribute("aria-live", "off");
  if (fresh.length) document.getElementById("dernier")?.removeAttribute("id");
  log.querySelector("ol").append(...fresh);
  if (fresh.length) log.lastElementChild.lastElementChild.id = "dernier";
  log.dataset.last = news.dataset.last;
  return { first: fresh[0], question };
}

function show(answer, { keepDraft, moveFocus }) {
  const wrote = document.activeElement === field();
  replaceParts(answer.parts, keepDraft);
  const choices = document.querySelector("#choices .choices");
  const { question } = addMessages(answer.parts, moveFocus && choices !== null);
  const error = document.querySelector("#choices .error");
  if (error) {
    error.focus();
  } else if (moveFocus && question) {
    question.focus({ preventScroll: true });
  } else if (moveFocus && (wrote || withMouse)) {
    field().focus({ preventScroll: true });
  }
  if (moveFocus) scrollToTurn();
}

// The end of the conversation comes into view, but never at the price of the question itself.
function scrollToTurn(behavior = calm ? "instant" : "smooth") {
  const last = document.getElementById("dernier");
  const end = document.querySelector("#choices")?.lastElementChild ?? last;
  const composer = document.getElementById("composer").offsetHeight;
  const top = document.getElementById("progress").getBoundingClientRect().bottom;
  if (!last) return;
  const missing = end.getBoundingClientRect().bottom + 12 - (innerHeight - composer);
  const room = last.getBoundingClientRect().top - top - 16;
  scrollBy({ top: Math.min(missing, room), behavior });
}

async function send(form, submitter) {
  if (busy) return;
  busy = true;
  say("");
  const body = new URLSearchParams(new FormData(form));
  if (submitter?.name) body.append(submitter.name, submitter.value);
  const timer = setTimeout(() => {
    writing.textContent = writing.dataset.text;
    writing.scrollIntoView({ behavior: "instant", block: "nearest" });
  }, SHOW_WRITING_AFTER);
  try {
    const answer = await ask(form.action, { method: "POST", body });
    if (answer) show(answer, { keepDraft: !("write" in form.dataset), moveFocus: true });
  } catch (error) {
    say(error instanceof TypeError ? alertLine.dataset.away : error.message);
  } finally {
    clearTimeout(timer);
    writing.textContent = "";
    busy = false;
  }
}

async function refresh() {
  if (document.hidden || busy) return;
  try {
    const answer = await ask(`/messages?after=${log.dataset.last}`, { method: "GET" });
    if (answer?.ok) show(answer, { keepDraft: true, moveFocus: false });
  } catch {
    // The next message will say it if the page is still away.
  }
}

function fit(area) {
  area.rows = Math.min(6, Math.max(1, area.value.split("\n").length, Math.ceil(area.value.length / 70)));
}

document.addEventListener("submit", (event) => {
  if (!("chat" in event.target.dataset)) return;
  event.preventDefault();
  send(event.target, event.submitter);
});

document.addEventListener("keydown", (event) => {
  if (event.target.id !== "text" || event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  event.target.form.requestSubmit();
});

document.addEventListener("input", (event) => {
  if (event.target.id === "text") fit(event.target);
});

// An exclusive answer unticks the others as it is ticked, and the reverse; the server checks it in any case.
document.addEventListener("change", (event) => {
  const box = event.target;
  if (box.name !== "choice" || !box.checked) return;
  const exclusive = "exclusive" in box.dataset;
  for (const other of box.form.querySelectorAll("input[name=choice]")) {
    if (other !== box && (exclusive || "exclusive" in other.dataset)) other.checked = false;
  }
});

document.addEventListener("visibilitychange", refresh);
addEventListener("pageshow", (event) => event.persisted && refresh());
// What has just been done, such as erasing, is not said again when the page is reloaded.
const done = document.getElementById("done");
if (done) history.replaceState(null, "", location.pathname);
// The browser would put the page back where it was scrolled, which need not be where the question is.
history.scrollRestoration = "manual";
fit(field());
if (!done) scrollToTurn("instant");
