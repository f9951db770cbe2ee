/** Requests to our own JSON interface. */

export class ApiError extends Error {
  constructor(code, message) {
    super(message);
    this.code = code;
  }
}

/** Sends `body` and gives the answer's JSON. Throws ApiError with a sentence for people. */
export function send(method, address, body) {
  const headers = { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": csrfToken() };
  return ask(address, { method, headers, body: JSON.stringify(body) });
}

/** Reads an address. Throws ApiError as `send` does. */
export function get(address) {
  return ask(address, { headers: { Accept: "application/json" } });
}

/** Posts a form, with its files. Throws ApiError as `send` does. */
export function sendForm(address, body) {
  return ask(address, { method: "POST", headers: { Accept: "application/json", "X-CSRFToken": csrfToken() }, body });
}

async function ask(address, options) {
  let response;
  try {
    response = await fetch(address, { credentials: "same-origin", ...options });
  } catch {
    throw new ApiError("offline", "We could not reach the server. Please try again in a moment.");
  }
  const answer = await response.json().catch(() => ({}));
  if (response.ok) return answer;
  const error = answer.error ?? {};
  throw new ApiError(error.code ?? String(response.status), error.message ?? "That did not work. Please try again.");
}

function csrfToken() {
  return document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";
}
