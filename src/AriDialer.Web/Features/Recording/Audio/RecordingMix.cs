using System.Runtime.InteropServices;

namespace AriDialer.Web.Features.Recording.Audio;

/// <summary>One pass over a timeline: its tracks become one stereo sound, a block at a time however long the call was.</summary>
internal sealed class RecordingMix(RecordingTimeline timeline)
{
    private const int BlockLength = SampleClock.Rate / 2;

    private readonly List<(RecordingTimeline.Track Track, FilledTrack Sound)> _playing = [];
    private readonly int[][] _sums = [new int[BlockLength], new int[BlockLength]];
    private readonly short[] _read = new short[BlockLength];
    private readonly byte[] _block = new byte[BlockLength * 2 * sizeof(short)];
    private int _begun;

    public LevelMeter Levels { get; } = new(timeline.Length);

    public VoiceMeter Voices { get; } = new(timeline);

    /// <summary>Not all that was recorded is in it.</summary>
    public bool IsPartial { get; private set; } = timeline.IsPartial;

    /// <summary>Writes 16-bit samples, left and right in turns.</summary>
    public async Task WriteToAsync(Stream target, CancellationToken cancellationToken)
    {
        try
        {
            for (var begin = 0L; begin < timeline.Length; begin += BlockLength)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var count = (int)Math.Min(BlockLength, timeline.Length - begin);
                Fill(begin, count);
                await target.WriteAsync(_block.AsMemory(0, count * 2 * sizeof(short)), cancellationToken);
            }
        }
        finally
        {
            _playing.ForEach(playing => playing.Sound.Dispose());
        }
    }

    private void Fill(long begin, int count)
    {
        Array.Clear(_sums[0]);
        Array.Clear(_sums[1]);
        Begin(begin + count);
        for (var i = _playing.Count - 1; i >= 0; i--)
        {
            var (track, sound) = _playing[i];
            if (!TryAdd(track, sound, begin, count) || track.End <= begin + count)
            {
                sound.Dispose();
                _playing.RemoveAt(i);
            }
        }

        Silence(begin, count);
        var stereo = MemoryMarshal.Cast<byte, short>(_block.AsSpan(0, count * 2 * sizeof(short)));
        for (var i = 0; i < count; i++)
        {
            stereo[2 * i] = Saturate(_sums[0][i]);
            stereo[2 * i + 1] = Saturate(_sums[1][i]);
        }

        Levels.Add(stereo);
        Voices.Add(stereo);
    }

    // A file is open only while its track plays: a long call may have hundreds.
    private void Begin(long before)
    {
        for (; _begun < timeline.Tracks.Count && timeline.Tracks[_begun].Begin < before; _begun++)
        {
            if (TrackFile.TryOpen(timeline.Tracks[_begun].Path) is { } file)
                _playing.Add((timeline.Tracks[_begun], new FilledTrack(file, timeline.Tracks[_begun].Lost)));
            else
                IsPartial = true;
        }
    }

    private bool TryAdd(RecordingTimeline.Track track, FilledTrack filled, long begin, int count)
    {
        var first = (int)Math.Max(0, track.Begin - begin);
        var sound = _read.AsSpan(0, (int)Math.Min(count, track.End - begin) - first);
        try
        {
            filled.Read(sound);
        }
        catch (IOException)
        {
            IsPartial = true;
            return false;
        }

        var sum = _sums[(int)track.Side].AsSpan(first);
        for (var i = 0; i < sound.Length; i++)
            sum[i] += sound[i];
        return true;
    }

    private void Silence(long begin, int count)
    {
        foreach (var pause in timeline.Pauses)
        {
            var first = (int)Math.Clamp(pause.Begin - begin, 0, count);
            var end = (int)Math.Clamp(pause.End - begin, first, count);
            _sums[0].AsSpan(first, end - first).Clear();
            _sums[1].AsSpan(first, end - first).Clear();
        }
    }

    private static short Saturate(int sum) => (short)Math.Clamp(sum, short.MinValue, short.MaxValue);
}
