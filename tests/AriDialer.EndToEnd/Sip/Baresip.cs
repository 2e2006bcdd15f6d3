using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using AriDialer.EndToEnd.Audio;
using AriDialer.EndToEnd.House;
using AriDialer.Testing;

namespace AriDialer.EndToEnd.Sip;

/// <summary>A SIP telephone on a desk, played by baresip: registers, speaks a recording, keeps what it hears, and is told what to press.</summary>
internal sealed class Baresip : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("aridialer-desk-").FullName;
    private readonly ConcurrentQueue<string> _events = new();
    private readonly Output _output = new();
    private readonly Process _process;
    private TcpClient? _control;
    private Task _reading = Task.CompletedTask;

    private Baresip(RealAsterisk asterisk, string user, string password, Speech speech, int controlPort)
    {
        File.WriteAllText(Path.Combine(_folder, "config"), $"""
            module_path /usr/lib/baresip/modules
            sip_listen 127.0.0.1:{FreePorts.Take()}
            ctrl_tcp_listen 127.0.0.1:{controlPort}
            audio_source aufile,{speech.LongFile.Value}
            audio_player aubridge,nothing
            audio_alert aubridge,nothing
            snd_path {_folder}
            module g711.so
            module aufile.so
            module aubridge.so
            module sndfile.so
            module_app account.so
            module_app menu.so
            module_app ctrl_tcp.so

            """);
        File.WriteAllText(Path.Combine(_folder, "accounts"),
            $"<sip:{user}@127.0.0.1:{asterisk.SipPort}>;auth_user={user};auth_pass={password};regint=60;answermode=manual;audio_codecs=PCMU\n");
        _process = Process.Start(new ProcessStartInfo("baresip", ["-4", "-f", _folder])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        })!;
        _output.Follow(_process);
    }

    /// <summary>Starts it and waits until it is registered.</summary>
    public static async Task<Baresip> StartAsync(RealAsterisk asterisk, string user, string password, Speech speech)
    {
        var port = FreePorts.Take();
        var phone = new Baresip(asterisk, user, password, speech, port);
        await phone.ConnectAsync(port);
        // Its event may come before anybody listens; its words stay.
        await Eventually.TrueAsync(
            () => Task.FromResult(phone._output.ToString().Contains("200 OK", StringComparison.Ordinal)), () => $"The desk phone does not register:\n{phone._output}");
        return phone;
    }

    /// <summary>Presses a key of its menu: <c>dial</c>, <c>accept</c>, <c>hangup</c>, <c>hold</c>, <c>resume</c>, <c>transfer</c>.</summary>
    public async Task PressAsync(string command, string? parameters = null)
    {
        var json = JsonSerializer.Serialize(parameters is null ? (object)new { command } : new { command, @params = parameters });
        await _control!.GetStream().WriteAsync(Encoding.UTF8.GetBytes($"{json.Length}:{json},"));
    }

    /// <summary>Waits for such an event, as baresip names it, and forgets those before it.</summary>
    public Task SeesAsync(string type) => Eventually.TrueAsync(
        () =>
        {
            while (_events.TryDequeue(out var seen))
            {
                if (seen == type)
                    return Task.FromResult(true);
            }

            return Task.FromResult(false);
        },
        () => $"The desk phone never said {type}:\n{_output}");

    /// <summary>What it hears from now on.</summary>
    public async Task<Heard> HearAsync(TimeSpan howLong)
    {
        var file = new DirectoryInfo(_folder).GetFiles("*dec*.wav").OrderByDescending(file => file.CreationTimeUtc).First().FullName;
        var before = new FileInfo(file).Length;
        await Task.Delay(howLong);
        await using var sound = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        sound.Seek(before, SeekOrigin.Begin);
        var bytes = new byte[(sound.Length - before) / 2 * 2];
        await sound.ReadExactlyAsync(bytes);
        var samples = new short[bytes.Length / 2];
        Buffer.BlockCopy(bytes, 0, samples, 0, bytes.Length);
        return new Heard(samples);
    }

    public async ValueTask DisposeAsync()
    {
        _control?.Dispose();
        if (!_process.HasExited)
            _process.Kill();
        await _process.WaitForExitAsync();
        await _reading;
        TestContext.Current.TestOutputHelper?.WriteLine(_output.ToString());
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task ConnectAsync(int port)
    {
        await Eventually.TrueAsync(
            async () =>
            {
                try
                {
                    _control = new TcpClient();
                    await _control.ConnectAsync("127.0.0.1", port);
                    return true;
                }
                catch (SocketException)
                {
                    return false;
                }
            },
            () => $"baresip does not start:\n{_output}");
        _reading = ReadAsync(_control!.GetStream());
    }

    // Events are netstrings of JSON: "123:{…},".
    private async Task ReadAsync(NetworkStream stream)
    {
        var text = new StringBuilder();
        var buffer = new byte[4096];
        try
        {
            while (await stream.ReadAsync(buffer) is > 0 and var read)
            {
                text.Append(Encoding.UTF8.GetString(buffer, 0, read));
                TakeEvents(text);
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private void TakeEvents(StringBuilder text)
    {
        while (text.ToString() is var all && all.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon
            && int.TryParse(all[..colon], out var length) && all.Length >= colon + length + 2)
        {
            var said = JsonElement.Parse(all.Substring(colon + 1, length));
            text.Remove(0, colon + length + 2);
            if (said.TryGetProperty("type", out var type))
                _events.Enqueue(type.GetString()!);
        }
    }
}
