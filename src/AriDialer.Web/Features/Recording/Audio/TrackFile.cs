using System.Runtime.InteropServices;
using AriDialer.Web.Features.Sound;

namespace AriDialer.Web.Features.Recording.Audio;

/// <summary>A track's file, read from its begin to its end at the recording's rate.</summary>
internal sealed class TrackFile : IDisposable
{
    private const int HalfRate = SampleClock.Rate / 2;

    private readonly FileStream _file;
    private readonly RateDoubler? _doubler;

    private TrackFile(FileStream file, WaveHead head)
    {
        _file = file;
        var bytes = file.Length - head.Begin;
        Length = bytes / sizeof(short) * (SampleClock.Rate / head.SampleRate);
        IsWhole = head.WrittenLength > 0 && bytes >= head.WrittenLength;
        if (head.SampleRate == HalfRate)
            _doubler = new RateDoubler(ReadOwn);
    }

    /// <summary>How many samples there are: to the end of the file, whatever its head says.</summary>
    public long Length { get; }

    /// <summary>False where Asterisk was killed before it closed the file, or where less of it is here than was recorded.</summary>
    public bool IsWhole { get; }

    /// <summary>Null for what is not there, cannot be read, or is no sound of the kind that Asterisk records.</summary>
    public static TrackFile? TryOpen(string path)
    {
        FileStream? file = null;
        try
        {
            // Blocks are read: another buffer would only be copied through.
            file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            if (WaveFile.ReadHead(file) is { } head && IsReadable(head))
                return new TrackFile(file, head);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // As one that is not there.
        }

        file?.Dispose();
        return null;
    }

    /// <summary>Fills the span with what comes next; behind the end with silence.</summary>
    public void Read(Span<short> samples)
    {
        if (_doubler is null)
            samples[ReadOwn(samples)..].Clear();
        else
            _doubler.Read(samples);
    }

    public void Dispose() => _file.Dispose();

    private static bool IsReadable(WaveHead head) => head is
    { Format: WaveHead.Pcm, Channels: 1, BitsPerSample: 8 * sizeof(short), SampleRate: SampleClock.Rate or HalfRate };

    private int ReadOwn(Span<short> samples)
    {
        var bytes = MemoryMarshal.AsBytes(samples);
        return _file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) / sizeof(short);
    }
}
