import { beforeEach, describe, expect, it, vi } from 'vitest';
import { startVoicemail } from '../pages/voicemail';
import { askFirst } from '../shell/navigation';

const page = `
  <a href="/voicemail">Voicemail<span data-voicemail-count hidden>0</span></a>
  <div data-voicemail-changed hidden></div>
  <table><tbody><tr data-message="abc" data-new="true">
    <td><span data-message-new>New</span><audio></audio>
      <form data-message-heard method="post" action="/voicemail?handler=Heard"><input name="id" value="abc"></form>
      <form data-message-unheard method="post" action="/voicemail?handler=Unheard" hidden></form></td>
  </tr></tbody></table>`;

class Source {
  connected = true;
  tell: (newMessages: number, hasCome: boolean) => void = () => undefined;
  drop: () => void = () => undefined;
  onDisconnected(listener: () => void): void {
    this.drop = listener;
  }

  onMailbox(listener: (newMessages: number, hasCome: boolean) => void): void {
    this.tell = listener;
  }
}

const part = (selector: string): HTMLElement => document.querySelector<HTMLElement>(selector) ?? document.body;
const settled = (): Promise<void> => new Promise((done) => { setTimeout(done); });

describe('voicemail', () => {
  let source: Source;
  let showAgain: () => void;

  beforeEach(() => {
    document.body.innerHTML = page;
    source = new Source();
    showAgain = startVoicemail(source);
  });

  it('counts the new messages beside the navigation, and hides the count of none', () => {
    source.tell(3, false);
    expect([part('[data-voicemail-count]').hidden, part('a').textContent]).toEqual([false, 'Voicemail3 new']);
    source.tell(0, false);
    expect(part('[data-voicemail-count]').hidden).toBe(true);
  });

  it('says that something has come, and says nothing of what the person did here', () => {
    source.tell(1, false);
    expect(part('[data-voicemail-changed]').hidden).toBe(true);
    source.tell(2, true);
    expect(part('[data-voicemail-changed]').hidden).toBe(false);
  });

  it('says so too where the count is another one after an outage, and only then', () => {
    source.tell(1, false);
    source.drop();
    source.tell(1, false);
    source.tell(0, false);
    expect(part('[data-voicemail-changed]').hidden).toBe(true);
    source.drop();
    source.tell(2, false);
    expect(part('[data-voicemail-changed]').hidden).toBe(false);
  });

  it('corrects the count of a page from memory, unless it may be out of date itself', () => {
    source.tell(2, true);
    document.body.innerHTML = page;
    showAgain();
    expect(part('[data-voicemail-count]').textContent).toBe('2 new');
    document.body.innerHTML = page;
    source.connected = false;
    showAgain();
    expect(part('[data-voicemail-count]').textContent).toBe('0');
  });

  it('marks a message as heard once it plays', async () => {
    const sent = vi.spyOn(globalThis, 'fetch').mockResolvedValue(new Response());
    part('audio').dispatchEvent(new Event('play'));
    await settled();
    expect(sent).toHaveBeenCalledOnce();
    expect(sent.mock.calls[0]?.[0]).toMatch(/\/voicemail\?handler=Heard$/);
    expect([part('[data-message-new]').hidden, part('[data-message-heard]').hidden, part('[data-message-unheard]').hidden]).toEqual([true, true, false]);
    part('audio').dispatchEvent(new Event('play'));
    expect(sent).toHaveBeenCalledOnce();
  });

  it('leaves a message new whose mark did not arrive', async () => {
    vi.spyOn(globalThis, 'fetch').mockRejectedValue(new TypeError('down'));
    part('audio').dispatchEvent(new Event('play'));
    await settled();
    expect([part('[data-message]').dataset.new, part('[data-message-new]').hidden]).toEqual(['true', false]);
  });
});

describe('askFirst', () => {
  it('asks with the words of the form', async () => {
    const form = document.createElement('form');
    Object.assign(form.dataset, { confirmTitle: 'Delete it?', confirmYes: 'Delete', confirmNo: 'Keep' });
    const answer = askFirst('It is gone then.', form);
    const dialog = part('dialog');
    expect(dialog.textContent).toBe('Delete it?It is gone then.KeepDelete');
    [...dialog.querySelectorAll('button')].find((button) => button.textContent === 'Delete')?.click();
    expect(await answer).toBe(true);
  });
});
