using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.AspNetCore.Http;

namespace AriDialer.Testing.Speech;

/// <summary>What is to go wrong with a sentence on the realtime interface.</summary>
public enum RealtimeFault
{
    None,

    /// <summary>The connection is gone while it is spoken.</summary>
    Cut,

    /// <summary>It is never answered.</summary>
    Hang,

    /// <summary>The answer is no JSON.</summary>
    Nonsense,

    /// <summary>An error that says not what it is about.</summary>
    Error,

    /// <summary>An error about the client's event.</summary>
    ErrorAboutIt,

    /// <summary>It could not be understood.</summary>
    Failed,
}

/// <summary>A session that there was.</summary>
public sealed record RealtimeServed(string Path, string Query, string Model, string Language);

/// <summary>OpenAI's realtime interface for transcription, in which the client says where a sentence ends.</summary>
public sealed class RealtimeEndpoint(Func<byte[], Task<IReadOnlyList<ServedWord>>> understand)
{
    private readonly ConcurrentQueue<RealtimeFault> _faults = new();

    /// <summary>The sessions whose settings it took.</summary>
    public ConcurrentQueue<RealtimeServed> Sessions { get; } = new();

    /// <summary>How often somebody came.</summary>
    public int Visits { get; private set; }

    /// <summary>How it fails before there is a session; null: not at all.</summary>
    public ServerFailure? Refusal { get; set; }

    /// <summary>It ends sentences by itself, whatever it is told.</summary>
    public bool CutsItself { get; set; }

    /// <summary>Of two answers, it gives the later one first.</summary>
    public bool AnswersBackwards { get; set; }

    /// <summary>What goes wrong with the next sentences, one each.</summary>
    public void FailTurns(params RealtimeFault[] faults)
    {
        foreach (var fault in faults)
            _faults.Enqueue(fault);
    }

    internal async Task ServeAsync(HttpContext context, string? key)
    {
        Visits++;
        if (Refusal is { } refusal && await refusal.FailAsync(context))
            return;
        if (key != ModelTestServer.Key)
        {
            context.Response.StatusCode = 401;
            await context.Response.WriteAsync(ModelTestServer.Error($"Incorrect API key provided: {key}.", "invalid_api_key"));
            return;
        }

        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        try
        {
            await new Session(this, context, socket).RunAsync(understand);
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException)
        {
            // The client is gone.
        }
    }

    private sealed class Session(RealtimeEndpoint endpoint, HttpContext context, WebSocket socket)
    {
        // After so much new sound of a sentence it says what it understands so far.
        private const int Glimpse = 60_000;

        private readonly List<short> _sound = [];
        private RealtimeFault _fault;
        private string _said = "";
        private int _glimpsed;
        private int _item;
        private bool _isSetUp;
        private object? _held;

        public async Task RunAsync(Func<byte[], Task<IReadOnlyList<ServedWord>>> understand)
        {
            await SendAsync(new { type = "session.created", event_id = "e1", session = new { type = "transcription" } });
            var messages = Channel.CreateUnbounded<JsonDocument>();
            _ = ReceiveAllAsync(messages.Writer);
            await foreach (var message in messages.Reader.ReadAllAsync())
            {
                using (message)
                {
                    var root = message.RootElement;
                    var about = root.TryGetProperty("event_id", out var id) ? id.GetString() : null;
                    switch (root.GetProperty("type").GetString())
                    {
                        case "session.update":
                            await SetUpAsync(root.GetProperty("session"));
                            break;
                        case "input_audio_buffer.append" when _isSetUp:
                            await HearAsync(Convert.FromBase64String(root.GetProperty("audio").GetString()!), understand);
                            break;
                        case "input_audio_buffer.commit" when _isSetUp && _sound.Count >= 2_400:
                            await AnswerAsync(about, understand);
                            break;
                        default:
                            await SendErrorAsync("invalid_request_error", "unknown", about);
                            break;
                    }
                }
            }
        }

        private async Task SetUpAsync(JsonElement session)
        {
            var input = session.GetProperty("audio").GetProperty("input");
            var (format, transcription) = (input.GetProperty("format"), input.GetProperty("transcription"));
            if (session.GetProperty("type").GetString() != "transcription" || format.GetProperty("type").GetString() != "audio/pcm"
                || format.GetProperty("rate").GetInt32() != 24_000 || input.GetProperty("turn_detection").ValueKind != JsonValueKind.Null)
            {
                await SendErrorAsync("invalid_request_error", "invalid_value", null);
                return;
            }

            _isSetUp = true;
            endpoint.Sessions.Enqueue(new RealtimeServed(
                context.Request.Path, context.Request.QueryString.Value!, transcription.GetProperty("model").GetString()!, transcription.GetProperty("language").GetString()!));
            var detection = endpoint.CutsItself ? new { type = "server_vad" } : null;
            await SendAsync(new { type = "session.updated", session = new { type = "transcription", audio = new { input = new { turn_detection = detection } } } });
        }

        private async Task HearAsync(byte[] sound, Func<byte[], Task<IReadOnlyList<ServedWord>>> understand)
        {
            if (_sound.Count == 0)
                _fault = endpoint._faults.TryDequeue(out var fault) ? fault : RealtimeFault.None;
            _sound.AddRange(MemoryMarshal.Cast<byte, short>(sound));
            if (_fault == RealtimeFault.Cut)
                context.Abort();
            if (_sound.Count - _glimpsed < Glimpse)
                return;

            _glimpsed = _sound.Count;
            // The last word may go on.
            var words = (await understand(Wav(_sound))).SkipLast(1).Select(word => word.Text + " ");
            await SayAsync(string.Concat(words));
        }

        private async Task AnswerAsync(string? about, Func<byte[], Task<IReadOnlyList<ServedWord>>> understand)
        {
            await SendAsync(new { type = "input_audio_buffer.committed", item_id = ItemId, previous_item_id = (string?)null });
            switch (_fault)
            {
                case RealtimeFault.Hang:
                    break;
                case RealtimeFault.Nonsense:
                    await socket.SendAsync("<html>Welcome</html>"u8.ToArray(), WebSocketMessageType.Text, true, context.RequestAborted);
                    break;
                case RealtimeFault.Error:
                    await SendErrorAsync("server_error", "internal", null);
                    break;
                case RealtimeFault.ErrorAboutIt:
                    await SendErrorAsync("server_error", "internal", about);
                    break;
                case RealtimeFault.Failed:
                    await SendAsync(new
                    {
                        type = "conversation.item.input_audio_transcription.failed",
                        item_id = ItemId,
                        error = new { type = "transcription_error", code = "audio_unintelligible", message = "no" },
                    });
                    break;
                default:
                    var text = string.Join(' ', (await understand(Wav(_sound))).Select(word => word.Text));
                    await SayAsync(text);
                    var completed = new { type = "conversation.item.input_audio_transcription.completed", item_id = ItemId, content_index = 0, transcript = text };
                    if (!endpoint.AnswersBackwards)
                    {
                        await SendAsync(completed);
                    }
                    else if (_held is null)
                    {
                        _held = completed;
                    }
                    else
                    {
                        await SendAsync(completed);
                        await SendAsync(_held);
                        _held = null;
                    }

                    break;
            }

            _sound.Clear();
            (_said, _glimpsed, _item) = ("", 0, _item + 1);
        }

        private string ItemId => $"item-{_item}";

        private async Task SayAsync(string text)
        {
            if (text.Length <= _said.Length || !text.StartsWith(_said, StringComparison.Ordinal))
                return;

            var delta = text[_said.Length..];
            _said = text;
            await SendAsync(new { type = "conversation.item.input_audio_transcription.delta", item_id = ItemId, content_index = 0, delta });
        }

        private Task SendErrorAsync(string type, string code, string? about) =>
            SendAsync(new { type = "error", event_id = "e2", error = new { type, code, message = $"wrong, {ModelTestServer.Key}", event_id = about } });

        private Task SendAsync(object message) =>
            socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(message), WebSocketMessageType.Text, endOfMessage: true, context.RequestAborted);

        // Whatever it is busy with, it answers pings.
        private async Task ReceiveAllAsync(ChannelWriter<JsonDocument> messages)
        {
            try
            {
                while (await ReceiveAsync() is { } message)
                    await messages.WriteAsync(message);
                messages.TryComplete();
            }
            catch (Exception e)
            {
                messages.TryComplete(e);
            }
        }

        private async Task<JsonDocument?> ReceiveAsync()
        {
            using var message = new MemoryStream();
            var part = new byte[16_384];
            WebSocketReceiveResult received;
            do
            {
                received = await socket.ReceiveAsync(part, context.RequestAborted);
                message.Write(part, 0, received.Count);
            }
            while (!received.EndOfMessage);
            return received.MessageType == WebSocketMessageType.Close ? null : JsonDocument.Parse(message.ToArray());
        }

        // At 16 kHz. Nothing above 8 kHz is in it, so that what lies between two samples is all that is to be found.
        private static byte[] Wav(List<short> sound)
        {
            const int reach = 8;
            var samples = new short[sound.Count * 2 / 3];
            for (var i = 0; i < samples.Length; i++)
            {
                var at = i * 3 / 2;
                if (i % 2 == 0)
                {
                    samples[i] = sound[at];
                    continue;
                }

                var sum = 0.0;
                for (var away = 0; away < reach; away++)
                {
                    var distance = (away + 0.5) * Math.PI;
                    sum += Math.Sin(distance) / distance * (0.5 + 0.5 * Math.Cos(distance / reach)) * (Sample(at - away) + Sample(at + 1 + away));
                }

                samples[i] = (short)Math.Clamp(Math.Round(sum), short.MinValue, short.MaxValue);
            }

            using var wav = new MemoryStream();
            using var writer = new BinaryWriter(wav);
            var length = samples.Length * sizeof(short);
            writer.Write("RIFF"u8);
            writer.Write(36 + length);
            writer.Write("WAVEfmt "u8);
            writer.Write(16);
            writer.Write((short)1);
            writer.Write((short)1);
            writer.Write(16_000);
            writer.Write(32_000);
            writer.Write((short)2);
            writer.Write((short)16);
            writer.Write("data"u8);
            writer.Write(length);
            writer.Write(MemoryMarshal.AsBytes<short>(samples));
            return wav.ToArray();

            short Sample(int place) => place >= 0 && place < sound.Count ? sound[place] : (short)0;
        }
    }
}
