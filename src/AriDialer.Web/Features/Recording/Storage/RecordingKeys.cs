using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace AriDialer.Web.Features.Recording.Storage;

/// <summary>What opens a recording: its data key, and how long it was, so that one that was cut off is known at once.</summary>
internal sealed record RecordingKey(byte[] Bytes, long Length);

/// <summary>
/// Wraps the recordings' keys into text for the database. What wraps them are the app's own keys (Data Protection), which lie with
/// neither the rows nor the files: it takes all three to hear a recording.
/// </summary>
internal sealed class RecordingKeys(IDataProtectionProvider protection)
{
    // The first byte tells how the recording was sealed, should that ever change.
    private const byte Version = 1;
    private const int LengthAt = 1 + RecordingSeal.KeySize;
    private const int Size = LengthAt + sizeof(long);

    /// <summary>Wraps a key; it opens this recording only.</summary>
    public string Wrap(string id, RecordingKey key)
    {
        var bytes = new byte[Size];
        bytes[0] = Version;
        key.Bytes.CopyTo(bytes, 1);
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(LengthAt), key.Length);
        var wrapped = Base64Url.EncodeToString(ProtectorOf(id).Protect(bytes));
        CryptographicOperations.ZeroMemory(bytes);
        return wrapped;
    }

    /// <exception cref="UnreadableRecordingException">It is another recording's, was changed, or what wrapped it is gone.</exception>
    public RecordingKey Unwrap(string id, string wrappedKey)
    {
        try
        {
            var bytes = ProtectorOf(id).Unprotect(Base64Url.DecodeFromChars(wrappedKey));
            if (bytes.Length != Size || bytes[0] != Version)
                throw new UnreadableRecordingException($"Recording {id} was sealed by a later version of AriDialer. Use that version.");

            var key = new RecordingKey(bytes[1..LengthAt], BinaryPrimitives.ReadInt64BigEndian(bytes.AsSpan(LengthAt)));
            CryptographicOperations.ZeroMemory(bytes);
            return key;
        }
        catch (Exception e) when (e is CryptographicException or FormatException)
        {
            throw UnreadableRecordingException.KeyLost(id, e);
        }
    }

    private IDataProtector ProtectorOf(string id) => protection.CreateProtector("AriDialer.Recording.Key", id);
}
