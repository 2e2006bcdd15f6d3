import { el } from './dom';

export interface Question {
  readonly title: string;
  readonly sentence: string;
  /** The button that does the harm; null where there is only something to say. */
  readonly yes: string | null;
  readonly no: string;
}

/** Asks before harm. Escape means no, and so does the button that has the focus at first. */
export function confirm({ title, sentence, yes, no }: Question): Promise<boolean> {
  return new Promise((resolve) => {
    const refuse = el('button', { type: 'button', class: 'btn btn-quiet', autofocus: true }, no);
    const actions = el('div', { class: 'confirm-actions' }, refuse);
    const dialog = el('dialog', { class: 'confirm', 'aria-labelledby': 'confirm-title', 'aria-describedby': 'confirm-sentence' },
      el('h2', { id: 'confirm-title' }, title), el('p', { id: 'confirm-sentence', class: 'mb-0' }, sentence), actions);
    if (yes !== null) {
      const agree = el('button', { type: 'button', class: 'btn btn-danger' }, yes);
      agree.addEventListener('click', () => { dialog.close('yes'); });
      actions.append(agree);
    }
    refuse.addEventListener('click', () => { dialog.close('no'); });
    dialog.addEventListener('close', () => {
      dialog.remove();
      resolve(dialog.returnValue === 'yes');
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}
