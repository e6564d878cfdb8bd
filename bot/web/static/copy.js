// Copies a field. Without it the text is there to be selected by hand, and the buttons stay hidden.

for (const button of document.querySelectorAll("button[data-copy]")) {
  const words = [...button.childNodes].map((node) => node.cloneNode(true));
  button.hidden = false;
  button.addEventListener("click", async () => {
    const field = document.getElementById(button.dataset.copy);
    try {
      // Unbreakable spaces are for the eye only.
      await navigator.clipboard.writeText(field.innerText.replaceAll("\u00a0", " ").trim());
      button.textContent = button.dataset.done;
    } catch {
      // Refused by the browser: the text is selected instead, to be copied by hand.
      getSelection().selectAllChildren(field);
      return;
    }
    setTimeout(() => button.replaceChildren(...words.map((node) => node.cloneNode(true))), 2000);
  });
}
