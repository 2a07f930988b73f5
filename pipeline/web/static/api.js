// Talks to the server: the token of this page goes along, errors come back as plain words.

import { say } from "./words.js";

const TOKEN = document.querySelector('meta[name="csrf-token"]')?.content ?? "";

/** What the server refused. `status` 0: it could not be reached. `body`: what it said. */
export class Refused extends Error {
  constructor(status, body) {
    super(messageOf(status, body));
    this.status = status;
    this.body = body;
  }
}

function messageOf(status, body) {
  if (status === 0) return say("review.lost");
  const detail = body?.message ?? body?.detail;
  return [detail?.message ?? detail, body?.advice ?? detail?.advice].filter(isText).join(" ") || say("errors.broken");
}

function isText(part) {
  return typeof part === "string" && part !== "";
}

/** The JSON answer. Raises Refused. */
export async function ask(method, path, body = undefined, headers = {}) {
  const sent = { method, headers: { Accept: "application/json", ...headers }, credentials: "same-origin" };
  if (method !== "GET") sent.headers["X-CSRF-Token"] = TOKEN;
  if (body !== undefined) {
    sent.body = JSON.stringify(body);
    sent.headers["Content-Type"] = "application/json";
  }
  let answer;
  try {
    answer = await fetch(path, sent);
  } catch {
    throw new Refused(0, null);
  }
  const content = await answer.json().catch(() => null);
  if (!answer.ok) throw new Refused(answer.status, content);
  return content;
}

/** Sends one file; `progress` is told the share that has gone. Raises Refused. */
export function send(file, progress) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", "/api/uploads");
    request.setRequestHeader("X-CSRF-Token", TOKEN);
    request.responseType = "json";
    request.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) progress(event.loaded / event.total);
    });
    request.addEventListener("error", () => reject(new Refused(0, null)));
    request.addEventListener("load", () => {
      if (request.status < 300) resolve(request.response);
      else reject(new Refused(request.status, request.response));
    });
    const form = new FormData();
    form.append("files", file, file.name);
    request.send(form);
  });
}

/** The path of a plan's API. */
export function planPath(id, ...parts) {
  return ["/api/plans", encodeURIComponent(id), ...parts].join("/");
}

/** A field's key as part of a path: ids may hold slashes, these stay. */
export function keyPath(key) {
  return key.split("/").map(encodeURIComponent).join("/");
}
