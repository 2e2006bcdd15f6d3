using System.Diagnostics;
using AriDialer.Ari;
using AriDialer.Calls.Media;

namespace AriDialer.Bench;

/// <summary>Listens to one tap, and counts against what Asterisk got from the leg's telephone.</summary>
internal sealed class TapProbe(AudioTap tap, AriClient ari, int phase)
{
    private long _sentBefore;
    private long _readBefore;
    private long _from = long.MaxValue;
    private long _heard;

    internal string CallId => tap.CallId;

    /// <summary>Milliseconds by which frames reached their reader after their evened time.</summary>
    internal List<double> AfterClock { get; } = [];

    /// <summary>Milliseconds from a packet's leaving the telephone to its frame's reaching its reader.</summary>
    internal List<double> AfterSending { get; } = [];

    /// <summary>Packets of 20 ms that Asterisk got from the telephone while it was measured.</summary>
    internal long Expected { get; private set; }

    /// <summary>Frames that the tap read meanwhile.</summary>
    internal long Received { get; private set; }

    /// <summary>Frames that came over the socket, from the first to the last, and did not come out of the tap.</summary>
    internal long Lost => tap.FramesRead - _heard;

    /// <summary>Samples by which places jumped over holes while it was measured.</summary>
    internal long Jumped { get; private set; }

    /// <summary>Reads all there is, until the leg ends.</summary>
    internal async Task ListenAsync()
    {
        var next = 0L;
        await foreach (var frame in tap.Frames.ReadAllAsync())
        {
            if (Stopwatch.GetTimestamp() is var now && now >= Volatile.Read(ref _from))
            {
                AfterClock.Add((TimeProvider.System.GetUtcNow() - frame.At).TotalMilliseconds);
                if (VoiceCode.Delay(frame.Samples, now * 1000.0 / Stopwatch.Frequency, phase) is { } delay)
                {
                    AfterSending.Add(delay);
                }

                Jumped += Math.Max(0, frame.Begin - next);
            }

            _heard++;
            next = frame.Begin + frame.Samples.Length;
        }
    }

    internal async Task StartAsync()
    {
        (_sentBefore, _readBefore) = (await PacketsAsync(), tap.FramesRead);
        Volatile.Write(ref _from, Stopwatch.GetTimestamp());
    }

    internal async Task StopAsync()
    {
        (Expected, Received) = (await PacketsAsync() - _sentBefore, tap.FramesRead - _readBefore);
        Volatile.Write(ref _from, long.MaxValue);
    }

    private async Task<long> PacketsAsync() => (await ari.Channels.RtpstatisticsAsync(tap.ChannelId)).Rxcount;
}
