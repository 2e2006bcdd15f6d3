import * as Turbo from '@hotwired/turbo';
import { confirm } from './confirm';

/** The pages change without a reload, so that a call goes on: Turbo, within the content security policy. */
export function startNavigation(onPage: () => void): void {
  // Turbo's own bar writes a style element; ours is a class. 2^31-1 is the longest delay that a timer takes.
  Turbo.config.drive.progressBarDelay = 2 ** 31 - 1;
  Turbo.config.forms.confirm = askFirst;
  document.addEventListener('turbo:visit', () => { document.documentElement.classList.add('visiting'); });
  document.addEventListener('turbo:load', () => {
    document.documentElement.classList.remove('visiting');
    onPage();
  });
  document.addEventListener('turbo:before-fetch-response', (event) => { allowRedisplay(event as CustomEvent<ResponseDetail>); });
  document.addEventListener('turbo:submit-start', () => { document.documentElement.classList.add('visiting'); });
  document.addEventListener('turbo:submit-end', () => { document.documentElement.classList.remove('visiting'); });
  startMenus();
}

/** Shows another page of ours; the browser's own way there would end the calls of this one. */
export function goTo(path: string): void {
  Turbo.visit(path);
}

/** A form with data-turbo-confirm asks in the page's own dialog; data-confirm-title, -yes and -no are its words. */
export function askFirst(sentence: string, form: HTMLFormElement): Promise<boolean> {
  const { confirmTitle, confirmYes, confirmNo } = form.dataset;
  return confirm({ title: confirmTitle ?? 'Are you sure?', sentence, yes: confirmYes ?? 'Yes', no: confirmNo ?? 'No' });
}

interface ResponseDetail {
  fetchResponse: { response: Response };
}

/**
 * A Razor page that finds a mistake in a form answers 200 with the form and what is wrong. Turbo shows an answer to
 * a POST only where it is a redirect or an error, so the answer is given the status that it means: 422.
 */
export function allowRedisplay(event: CustomEvent<ResponseDetail>): void {
  const answer = event.detail.fetchResponse;
  const isForm = event.target instanceof HTMLFormElement && event.target.method === 'post';
  if (!isForm || answer.response.status !== 200 || answer.response.redirected) return;
  answer.response = new Response(answer.response.body, { status: 422, headers: answer.response.headers });
}

function startMenus(): void {
  document.addEventListener('click', (event) => {
    if (!(event.target instanceof Element)) return;
    const toggle = event.target.closest<HTMLElement>('.nav-toggle');
    if (toggle) toggleNavigation(toggle);
    for (const menu of document.querySelectorAll<HTMLDetailsElement>('details.menu[open]')) {
      if (!menu.contains(event.target)) menu.open = false;
    }
  });
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    for (const menu of document.querySelectorAll<HTMLDetailsElement>('details.menu[open]')) {
      const inside = menu.contains(document.activeElement);
      menu.open = false;
      if (inside) menu.querySelector('summary')?.focus();
    }
  });
}

function toggleNavigation(toggle: HTMLElement): void {
  const navigation = document.getElementById(toggle.getAttribute('aria-controls') ?? '');
  if (!navigation) return;
  const open = navigation.dataset.open !== 'true';
  navigation.dataset.open = String(open);
  toggle.setAttribute('aria-expanded', String(open));
}
