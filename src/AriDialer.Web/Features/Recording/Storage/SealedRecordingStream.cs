using System.Security.Cryptography;

namespace AriDialer.Web.Features.Recording.Storage;

/// <summary>
/// A sealed recording to be read, from any place. It fetches and opens only the chunks that are asked for; who reads on gets them
/// from one request to the store for many.
/// </summary>
/// <remarks>Disposes the seal. Not for two readers at once.</remarks>
internal sealed class SealedRecordingStream(
    IRecordingStore store, string key, string id, RecordingSeal seal, long length, TimeProvider time) : ForwardStream
{
    // A megabyte: few requests for who reads on, and not much for nothing where a player only looks at the beginning.
    private const int ChunksAtOnce = 16;

    private static readonly TimeSpan ChunkTakes = TimeSpan.FromSeconds(30);

    private readonly byte[] _chunk = new byte[RecordingSeal.ChunkSize];
    private readonly byte[] _sealed = new byte[RecordingSeal.SealedChunkSize];
    private readonly long _lastIndex = RecordingSeal.ChunksOf(length) - 1;
    private long _position;
    private long _index = -1;
    private Stream? _source;
    private long _sourceIndex;
    private long _sourceEnd;

    public override bool CanSeek => true;

    public override long Length => length;

    public override long Position
    {
        get => _position;
        set => Seek(value, SeekOrigin.Begin);
    }

    public override long Seek(long offset, SeekOrigin origin)
    {
        var position = offset + origin switch { SeekOrigin.Begin => 0, SeekOrigin.Current => _position, _ => length };
        if (position < 0)
            throw new IOException("A recording has nothing before its beginning.");
        return _position = position;
    }

    /// <exception cref="UnreadableRecordingException">It is not what was stored.</exception>
    /// <exception cref="IOException">The store does not give it.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_position >= length || buffer.IsEmpty)
            return 0;

        var index = _position / RecordingSeal.ChunkSize;
        if (index != _index)
            await LoadAsync(index, cancellationToken);

        var start = (int)(_position % RecordingSeal.ChunkSize);
        var count = (int)Math.Min(buffer.Length, Math.Min(RecordingSeal.ChunkSize - start, length - _position));
        _chunk.AsMemory(start, count).CopyTo(buffer);
        _position += count;
        return count;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _source?.Dispose();
            seal.Dispose();
            CryptographicOperations.ZeroMemory(_chunk);
        }

        base.Dispose(disposing);
    }

    private async Task LoadAsync(long index, CancellationToken cancellationToken)
    {
        _index = -1;
        var sealedChunk = _sealed.AsMemory(0, (int)Math.Min(RecordingSeal.SealedChunkSize, RecordingSeal.SealedLengthOf(length) - PlaceOf(index)));
        try
        {
            await FetchAsync(index, sealedChunk, cancellationToken);
        }
        catch (IOException e) when (e is not RecordingStoreException)
        {
            // A listener who pauses keeps a request waiting, and the store may lose its patience.
            await DropSourceAsync();
            await FetchAsync(index, sealedChunk, cancellationToken);
        }

        try
        {
            seal.Open(index, index == _lastIndex, sealedChunk.Span, _chunk);
            _index = index;
        }
        catch (AuthenticationTagMismatchException e)
        {
            throw UnreadableRecordingException.Changed(id, e);
        }
    }

    private async Task FetchAsync(long index, Memory<byte> sealedChunk, CancellationToken cancellationToken)
    {
        var source = await SourceAtAsync(index, cancellationToken);
        _sourceIndex = -1;
        using var late = new CancellationTokenSource(ChunkTakes, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        try
        {
            if (await source.ReadAtLeastAsync(sealedChunk, sealedChunk.Length, throwOnEndOfStream: false, either.Token) < sealedChunk.Length)
                throw UnreadableRecordingException.Changed(id);
            _sourceIndex = index + 1;
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new RecordingStoreException("The store of the recordings stopped in the middle of one. Try again in a moment.", e);
        }
    }

    private async Task<Stream> SourceAtAsync(long index, CancellationToken cancellationToken)
    {
        if (_source is not null && _sourceIndex == index && index < _sourceEnd)
            return _source;

        await DropSourceAsync();
        _sourceEnd = Math.Min(index + ChunksAtOnce, _lastIndex + 1);
        var end = Math.Min(PlaceOf(_sourceEnd), RecordingSeal.SealedLengthOf(length));
        return _source = await store.OpenAsync(key, PlaceOf(index), end - PlaceOf(index), cancellationToken)
            ?? throw new UnreadableRecordingException($"Recording {id} was deleted while it was read.");
    }

    private async Task DropSourceAsync()
    {
        if (_source is { } source)
        {
            _source = null;
            await source.DisposeAsync();
        }
    }

    private static long PlaceOf(long index) => index * RecordingSeal.SealedChunkSize;
}
