import { request } from "../js/lib/fragment.js";

// enhanceSamples leaves only the samples of the chosen trigger in the list, and
// fills the field for editing when it is opened.
export function enhanceSamples(form) {
  const { trigger, sample, context } = form.elements;
  if (!trigger || !sample) return;
  const all = [...sample.options].map((option) => option.cloneNode(true));
  const show = () => {
    const fitting = all.filter((option) => option.value.startsWith(trigger.value + "/"));
    const chosen = fitting.find((option) => option.value === sample.value) || fitting[0];
    sample.replaceChildren(...fitting.map((option) => option.cloneNode(true)));
    if (chosen) sample.value = chosen.value;
  };
  show();
  const box = form.querySelector("[data-context]");
  let filled = "";
  const fill = async () => {
    if (!box.open || (context.value !== "" && context.value !== filled)) return;
    const answer = await request(`${sample.dataset.samples}?key=${encodeURIComponent(sample.value)}`);
    if (answer.ok) context.value = filled = JSON.stringify(JSON.parse(answer.body), null, 2);
  };
  trigger.addEventListener("change", () => {
    show();
    fill();
  });
  sample.addEventListener("change", fill);
  box.addEventListener("toggle", fill);
}
