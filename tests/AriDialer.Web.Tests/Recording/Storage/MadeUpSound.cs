namespace AriDialer.Web.Tests.Recording.Storage;

/// <summary>A sound made up while it is read, so that a large one needs no memory; it may fail at its end.</summary>
internal sealed class MadeUpSound(long length, bool failsAtEnd = false) : Stream
{
    // Its length is prime, so that no two chunks are alike.
    private static readonly byte[] Pattern = StoreAccess.Sound(65_521);

    private long _position;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <summary>What stands at a place.</summary>
    public static byte At(long position) => Pattern[position % Pattern.Length];

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        // Odd numbers of bytes, as a network gives them.
        var start = (int)(_position % Pattern.Length);
        var count = (int)Math.Min(Math.Min(buffer.Length, Math.Min(10_007, Pattern.Length - start)), length - _position);
        if (count == 0 && failsAtEnd && buffer.Length > 0)
            throw new IOException("The sound broke off.");

        Pattern.AsSpan(start, count).CopyTo(buffer.Span);
        _position += count;
        return ValueTask.FromResult(count);
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }
}
