using System.Buffers.Binary;
using AriDialer.Web.Features.Recording.Audio;

namespace AriDialer.Web.Features.Transcription;

/// <summary>A recording's samples, silent but for some stretches of a side.</summary>
internal sealed class StretchesOnly(Stream pcm, int sides, IReadOnlyList<(RecordingSide Side, double From, double To)> only) : Stream
{
    // A word's begin that was just missed belongs to the gap too, and an engine wants to hear what noise speech rises from.
    private const double Around = 0.4;

    private readonly List<(long From, long To)>[] _stretches = [.. Enumerable.Range(0, sides).Select(side => only
        .Where(stretch => (int)stretch.Side == side)
        .Select(stretch => (At(stretch.From - Around), At(stretch.To + Around)))
        .Order().ToList())];

    private readonly int _frame = sides * sizeof(short);
    private long _at;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        // Whole samples of all sides: what is half read could not be told apart.
        var whole = buffer[..(buffer.Length - buffer.Length % _frame)];
        if (whole.Length == 0)
            return 0;

        var length = await pcm.ReadAtLeastAsync(whole, whole.Length, throwOnEndOfStream: false, cancellationToken);
        Silence(whole.Span[..length]);
        return length;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private static long At(double seconds) => (long)(Math.Max(0, seconds) * SampleClock.Rate);

    private void Silence(Span<byte> bytes)
    {
        for (var place = 0; place + _frame <= bytes.Length; place += _frame, _at++)
        {
            for (var side = 0; side < _stretches.Length; side++)
            {
                if (!IsWanted(_stretches[side]))
                    BinaryPrimitives.WriteInt16LittleEndian(bytes[(place + side * sizeof(short))..], 0);
            }
        }
    }

    private bool IsWanted(List<(long From, long To)> stretches)
    {
        while (stretches.Count > 0 && stretches[0].To <= _at)
            stretches.RemoveAt(0);
        return stretches.Count > 0 && stretches[0].From <= _at;
    }
}
