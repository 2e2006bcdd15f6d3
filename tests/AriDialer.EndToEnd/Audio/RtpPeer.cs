using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace AriDialer.EndToEnd.Audio;

/// <summary>
/// The sound of a telephone outside: its SDP is SIPp's, this sends recorded speech as µ-law to whoever sends to it, a packet
/// each 20 ms, and keeps what it hears.
/// </summary>
internal sealed class RtpPeer : IAsyncDisposable
{
    private const int Header = 12;
    private const int Frame = Speech.Rate / 50;
    private readonly UdpClient _socket = new(new IPEndPoint(IPAddress.Loopback, 0));
    private readonly CancellationTokenSource _end = new();
    private readonly ConcurrentQueue<short[]> _heard = new();
    private readonly TaskCompletionSource<IPEndPoint> _other = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TelephoneEvents _keys = new();
    private readonly Speech _speech;
    private readonly Stopwatch? _together;
    private readonly Task _work;

    /// <param name="speech">What is said, over and over.</param>
    /// <param name="together">A clock: all that have the same one say the same at the same time, whenever each begins.</param>
    public RtpPeer(Speech speech, Stopwatch? together = null)
    {
        _speech = speech;
        _together = together;
        Port = ((IPEndPoint)_socket.Client.LocalEndPoint!).Port;
        _work = Task.WhenAll(ReceiveAsync(), SendAsync());
    }

    public int Port { get; }

    /// <summary>Every such packet is lost from now on; 0: none.</summary>
    public int LosesEvery { get; set; }

    /// <summary>The keys that were pressed at the other end, by RFC 4733.</summary>
    public string Keys => _keys.Pressed;

    /// <summary>Where to send before anything has come.</summary>
    public void SendTo(int port) => _other.TrySetResult(new IPEndPoint(IPAddress.Loopback, port));

    /// <summary>What comes in from now on.</summary>
    public async Task<Heard> HearAsync(TimeSpan howLong)
    {
        _heard.Clear();
        await Task.Delay(howLong);
        return new Heard([.. _heard.SelectMany(frame => frame)]);
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _other.TrySetCanceled();
        try
        {
            await _work;
        }
        catch (OperationCanceledException)
        {
            // That is how both loops end.
        }
        _socket.Dispose();
        _end.Dispose();
    }

    private async Task ReceiveAsync()
    {
        while (true)
        {
            UdpReceiveResult packet;
            try
            {
                packet = await _socket.ReceiveAsync(_end.Token);
            }
            catch (SocketException)
            {
                // Asterisk closed its port while we were sending: the call is over.
                continue;
            }
            _keys.Take(packet.Buffer);

            // Payload type 0 is µ-law; anything else (DTMF, comfort noise, RTCP) is not speech.
            if (packet.Buffer.Length <= Header || (packet.Buffer[1] & 0x7F) != 0)
                continue;
            _other.TrySetResult(packet.RemoteEndPoint);
            _heard.Enqueue([.. packet.Buffer.Skip(Header).Select(MuLaw.Decode)]);
        }
    }

    private async Task SendAsync()
    {
        var to = await _other.Task;
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        var packet = new byte[Header + Frame];
        packet[0] = 0x80;
        BinaryPrimitives.WriteUInt32BigEndian(packet.AsSpan(8), 0x41726944);
        var begun = _together is null ? 0 : (int)(_together.ElapsedMilliseconds / 20);
        for (var n = 0; await timer.WaitForNextTickAsync(_end.Token); n++)
        {
            BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(2), (ushort)n);
            BinaryPrimitives.WriteUInt32BigEndian(packet.AsSpan(4), (uint)(n * Frame));
            for (var i = 0; i < Frame; i++)
                packet[Header + i] = MuLaw.Encode(_speech.Samples[((begun + n) * Frame + i) % _speech.Samples.Length]);
            if (LosesEvery == 0 || n % LosesEvery != 0)
                await _socket.SendAsync(packet, to, _end.Token);
        }
    }
}
