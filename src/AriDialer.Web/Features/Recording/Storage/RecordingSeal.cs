using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace AriDialer.Web.Features.Recording.Storage;

/// <summary>
/// Seals one recording with AES-256-GCM, chunk by chunk, so that each can be opened by itself. A sealed recording is its sealed
/// chunks, one behind the other. A chunk opens only at its own place, as the last only where it is, and in its own recording.
/// </summary>
internal sealed class RecordingSeal : IDisposable
{
    public const int KeySize = 32;
    public const int ChunkSize = 64 * 1024;
    public const int SealedChunkSize = ChunkSize + TagSize;

    private const int TagSize = 16;
    private const int NonceSize = 12;

    private readonly AesGcm _cipher;
    private readonly byte[] _bound;

    /// <param name="key">The recording's data key. It must never seal a second recording: the nonces are counted from zero in each.</param>
    /// <param name="id">The recording's id.</param>
    public RecordingSeal(ReadOnlySpan<byte> key, string id)
    {
        _cipher = new AesGcm(key, TagSize);
        _bound = Encoding.UTF8.GetBytes($"AriDialer recording 1 {id}");
    }

    /// <summary>How many chunks so many bytes make. Nothing makes one too: that nothing is there is sealed as well.</summary>
    public static long ChunksOf(long length) => Math.Max(1, (length + ChunkSize - 1) / ChunkSize);

    /// <summary>How long so many bytes are when they are sealed.</summary>
    public static long SealedLengthOf(long length) => length + ChunksOf(length) * TagSize;

    /// <summary>Seals one chunk: what comes out is the sealed bytes with the tag behind them.</summary>
    /// <returns>How many bytes were written.</returns>
    public int Seal(long index, bool isLast, ReadOnlySpan<byte> plain, Span<byte> sealedChunk)
    {
        Span<byte> nonce = stackalloc byte[NonceSize];
        WriteNonce(nonce, index, isLast);
        _cipher.Encrypt(nonce, plain, sealedChunk[..plain.Length], sealedChunk.Slice(plain.Length, TagSize), _bound);
        return plain.Length + TagSize;
    }

    /// <summary>Opens one chunk.</summary>
    /// <returns>How many bytes were written.</returns>
    /// <exception cref="AuthenticationTagMismatchException">It is not the chunk that was sealed.</exception>
    public int Open(long index, bool isLast, ReadOnlySpan<byte> sealedChunk, Span<byte> plain)
    {
        Span<byte> nonce = stackalloc byte[NonceSize];
        WriteNonce(nonce, index, isLast);
        var length = sealedChunk.Length - TagSize;
        _cipher.Decrypt(nonce, sealedChunk[..length], sealedChunk[length..], plain[..length], _bound);
        return length;
    }

    public void Dispose() => _cipher.Dispose();

    // The STREAM construction, as in age: the nonce says which chunk it is, and whether the last.
    private static void WriteNonce(Span<byte> nonce, long index, bool isLast)
    {
        nonce.Clear();
        BinaryPrimitives.WriteInt64BigEndian(nonce[(NonceSize - 1 - sizeof(long))..], index);
        nonce[^1] = isLast ? (byte)1 : (byte)0;
    }
}
