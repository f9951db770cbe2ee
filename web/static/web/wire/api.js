/** Requests to our own JSON interface. */

export class ApiError extends Error {
  constructor(code, message) {
    super(message);
    this.code = code;
  }
}

/** Sends `body` and gives the answer's JSON. Throws ApiError with a sentence for people. */
export async function send(method, address, body) {
  let response;
  try {
    response = await fetch(address, {
      method,
      credentials: "same-origin",
      headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": csrfToken() },
      body: JSON.stringify(body),
    });
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
