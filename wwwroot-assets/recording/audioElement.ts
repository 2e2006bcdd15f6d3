/** The page's own element with the browser's controls turns into one without: a new one, since only that can be wired to Web Audio. */
export function takeOver(root: HTMLElement): HTMLAudioElement {
  const given = root.querySelector('audio');
  const audio = document.createElement('audio');
  audio.preload = 'metadata';
  audio.src = given?.getAttribute('src') ?? '';
  audio.hidden = true;
  if (given) given.replaceWith(audio);
  else root.append(audio);
  return audio;
}
