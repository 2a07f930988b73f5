// Only the tasks that are not clear.

const only = document.getElementById("only-unclear");

only?.addEventListener("change", () => {
  document.getElementById("matrix").classList.toggle("only-unclear", only.checked);
});
