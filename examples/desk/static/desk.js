// Counts down. The server says what time it is; this only counts on from there, so that a wrong
// clock in the reader's machine shows no wrong time. The server's answer is what counts.
"use strict";

let offset = 0; // milliseconds: the server's time less this page's own monotonic one

function hear(node) {
  const said = node && node.dataset.now;
  if (said) offset = Number(said) - performance.now();
}

function clockFace(milliseconds, day) {
  let seconds = Math.floor(Math.abs(milliseconds) / 1000);
  const days = Math.floor(seconds / 86400);
  seconds %= 86400;
  const two = (number) => String(number).padStart(2, "0");
  const face = [seconds / 3600, (seconds / 60) % 60, seconds % 60].map((n) => two(Math.floor(n))).join(":");
  return days ? `${days} ${day} ${face}` : face;
}

function count() {
  const words = document.body.dataset;
  const now = performance.now() + offset;
  let passed = false;
  for (const node of document.querySelectorAll(".left[data-due]")) {
    const left = Number(node.dataset.due) - now;
    const digits = node.querySelector(".digits");
    const face = clockFace(left, words.day);
    if (digits.textContent !== face) digits.textContent = face;
    const late = left < 0;
    if (late && node.dataset.side === "left") passed = true;
    node.dataset.side = late ? "late" : "left";
    node.querySelector(".hidden-words").textContent = `${late ? node.dataset.late : words.left} `;
  }
  if (passed) document.body.dispatchEvent(new Event("passed"));
}

hear(document.body);
count();
setInterval(count, 1000);
// What was asked for anew brings the server's time with it.
document.body.addEventListener("htmx:afterSwap", (event) => {
  hear(event.target.querySelector("[data-now]"));
  count();
});
