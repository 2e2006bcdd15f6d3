namespace AriDialer.Web.Features.Recording.Storage;

/// <summary>Seals a recording while it is read: one chunk is in memory at a time, however long it is.</summary>
internal sealed class SealingStream(Stream plain, RecordingSeal seal) : ForwardStream
{
    // One byte more than a chunk: only what follows a chunk tells that it isn't the last.
    private readonly byte[] _plain = new byte[RecordingSeal.ChunkSize + 1];
    private readonly byte[] _sealed = new byte[RecordingSeal.SealedChunkSize];
    private int _kept;
    private int _sealedLength;
    private int _given;
    private long _index;
    private bool _isAtEnd;

    /// <summary>How many plain bytes were sealed so far.</summary>
    public long PlainLength { get; private set; }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_given == _sealedLength && !_isAtEnd)
            await SealNextAsync(cancellationToken);

        var count = Math.Min(buffer.Length, _sealedLength - _given);
        _sealed.AsMemory(_given, count).CopyTo(buffer);
        _given += count;
        return count;
    }

    private async Task SealNextAsync(CancellationToken cancellationToken)
    {
        var free = _plain.AsMemory(_kept);
        var length = _kept + await plain.ReadAtLeastAsync(free, free.Length, throwOnEndOfStream: false, cancellationToken);
        _isAtEnd = length < _plain.Length;
        _kept = _isAtEnd ? 0 : 1;
        var chunk = length - _kept;
        _sealedLength = seal.Seal(_index++, _isAtEnd, _plain.AsSpan(0, chunk), _sealed);
        _given = 0;
        PlainLength += chunk;
        _plain[0] = _plain[^1];
    }
}
