export type Theme = 'light' | 'dark' | 'system';

const key = 'aridialer-theme';

/** What the person chose; the system's own setting until they do. */
export function chosenTheme(): Theme {
  try {
    const stored = localStorage.getItem(key);
    return stored === 'light' || stored === 'dark' ? stored : 'system';
  } catch {
    // Storage can be refused altogether; the page still has to show.
    return 'system';
  }
}

export function chooseTheme(theme: Theme): void {
  try {
    if (theme === 'system') localStorage.removeItem(key);
    else localStorage.setItem(key, theme);
  } catch {
    // Not remembered, but applied.
  }
  applyTheme(theme);
}

export function applyTheme(theme: Theme = chosenTheme()): void {
  const dark = theme === 'dark' || (theme === 'system' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.dataset.bsTheme = dark ? 'dark' : 'light';
}

/** Keeps the theme with the system's while nothing was chosen, and the switch in the menu with the choice. */
export function startTheme(): void {
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => { applyTheme(); });
  document.addEventListener('click', (event) => {
    const button = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-theme-choice]') : null;
    const choice = button?.dataset.themeChoice;
    if (choice !== 'light' && choice !== 'dark' && choice !== 'system') return;
    chooseTheme(choice);
    showChoice();
  });
  showChoice();
}

/** Marks the choice in the switch; called again on every page, which brings its own switch. */
export function showChoice(): void {
  const chosen = chosenTheme();
  for (const button of document.querySelectorAll<HTMLElement>('[data-theme-choice]')) {
    button.setAttribute('aria-pressed', String(button.dataset.themeChoice === chosen));
  }
}
