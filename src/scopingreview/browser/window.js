// Keys go to the terminal without a click into it first; a telephone would show its keyboard.
function listen() {
  const isOpen = document.body.classList.contains("-first-byte");
  if (isOpen && !window.matchMedia("(pointer: coarse)").matches) {
    document.querySelector(".xterm-helper-textarea")?.focus();
  }
}
new MutationObserver(listen).observe(document.documentElement, {
  attributes: true, attributeFilter: ["class"], subtree: true,
});
window.addEventListener("focus", listen);
