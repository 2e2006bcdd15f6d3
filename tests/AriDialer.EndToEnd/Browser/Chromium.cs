using AriDialer.EndToEnd.Audio;
using AriDialer.EndToEnd.House;
using Microsoft.Playwright;

namespace AriDialer.EndToEnd.Browser;

/// <summary>Debian's Chromium, a process for each speech: what its microphone plays is chosen when it starts.</summary>
internal sealed class Chromium : IAsyncDisposable
{
    private readonly Dictionary<string, IBrowser> _browsers = [];
    private IPlaywright? _playwright;

    /// <summary>A process of its own on another machine, which the caller ends.</summary>
    public async Task<IBrowser> ThereAsync(OtherMachine machine, Speech speech) => await LaunchAsync(
        speech.WaveFile.Value, machine.Chromium, $"--unsafely-treat-insecure-origin-as-secure={machine.Url.GetLeftPart(UriPartial.Authority)}");

    public Task<IBrowser> SpeakingAsync(Speech speech) => PlayingAsync(speech.WaveFile.Value);

    /// <summary>Says a <see cref="SpokenFile"/> once, from when its microphone is opened.</summary>
    public Task<IBrowser> SpeakingOnceAsync(string file) => PlayingAsync($"{file}%noloop");

    private async Task<IBrowser> PlayingAsync(string file)
    {
        if (_browsers.TryGetValue(file, out var running) && running.IsConnected)
            return running;
        return _browsers[file] = await LaunchAsync(file, "/usr/bin/chromium");
    }

    private async Task<IBrowser> LaunchAsync(string file, string executable, params string[] more)
    {
        _playwright ??= await Playwright.CreateAsync();
        return await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = executable,
            Headless = true,
            Args =
            [
                "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream", $"--use-file-for-fake-audio-capture={file}",
                "--autoplay-policy=no-user-gesture-required", "--allow-loopback-in-peer-connection", "--no-sandbox",
                "--disable-background-networking", "--disable-component-update", "--disable-quic", "--disable-gpu", .. more,
            ],
        });
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var browser in _browsers.Values)
            await browser.DisposeAsync();
        _playwright?.Dispose();
    }
}
