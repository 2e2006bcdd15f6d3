using System.Security.Cryptography;

namespace AriDialer.Web.Features.Recording.Storage;

/// <summary>
/// Keeps recordings so that their files alone are of no use: each is sealed with a key of its own, which its owner keeps in the
/// database. Ids have letters, digits, '-' and '.'; any other is refused with an <see cref="ArgumentException"/>.
/// </summary>
/// <remarks>Where the store fails, an <see cref="IOException"/> says so, and what to do.</remarks>
internal sealed class RecordingVault(IRecordingStore store, RecordingKeys keys, TimeProvider time)
{
    private const string End = ".sealed";
    private const int LongestId = 200;

    // A recording is stored before its row is: what is this young may still be waiting for it.
    private static readonly TimeSpan Young = TimeSpan.FromHours(1);

    /// <summary>Stores a recording, in place of an earlier one of this id, whose key opens nothing any more.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="plain">Its sound, read once to its end.</param>
    /// <param name="cancellationToken">Cancels it: then nothing is stored.</param>
    /// <returns>Its key, wrapped: text for the database, less than 200 characters. Without it nobody opens the recording again.</returns>
    public async Task<string> StoreAsync(string id, Stream plain, CancellationToken cancellationToken)
    {
        var name = NameOf(id);
        var key = RandomNumberGenerator.GetBytes(RecordingSeal.KeySize);
        try
        {
            using var seal = new RecordingSeal(key, id);
            await using var sealing = new SealingStream(plain, seal);
            await store.PutAsync(name, sealing, cancellationToken);
            return keys.Wrap(id, new RecordingKey(key, sealing.PlainLength));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }

    /// <summary>
    /// A recording's sound, to be read asynchronously and from any place; a place is fetched once it is read. Null where its file is gone.
    /// </summary>
    /// <exception cref="UnreadableRecordingException">It is not what was stored, or its key is lost. Reading may find that out, too.</exception>
    public async Task<Stream?> OpenAsync(string id, string wrappedKey, CancellationToken cancellationToken)
    {
        var name = NameOf(id);
        if (await store.LengthAsync(name, cancellationToken) is not { } sealedLength)
            return null;

        var key = keys.Unwrap(id, wrappedKey);
        try
        {
            if (sealedLength != RecordingSeal.SealedLengthOf(key.Length))
                throw UnreadableRecordingException.Changed(id);

            return new SealedRecordingStream(store, name, id, new RecordingSeal(key.Bytes, id), key.Length, time);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key.Bytes);
        }
    }

    /// <summary>Deletes a recording, if it is there.</summary>
    public Task DeleteAsync(string id, CancellationToken cancellationToken) => store.DeleteAsync(NameOf(id), cancellationToken);

    /// <summary>
    /// Deletes what belongs to none of these, as a sudden end leaves it: not what is younger than an hour, and nothing that isn't ours.
    /// </summary>
    /// <returns>How many files were deleted.</returns>
    public async Task<int> DeleteAllButAsync(IReadOnlySet<string> ids, CancellationToken cancellationToken)
    {
        var before = time.GetUtcNow() - Young;
        var deleted = 0;
        await foreach (var file in store.ListAsync(cancellationToken))
        {
            if (file.WrittenAt > before || !IsStray(file.Key, ids))
                continue;

            await store.DeleteAsync(file.Key, cancellationToken);
            deleted++;
        }

        return deleted;
    }

    private static bool IsStray(string name, IReadOnlySet<string> ids) => name.EndsWith(End, StringComparison.Ordinal)
        ? !ids.Contains(name[..^End.Length])
        : name.EndsWith(StoreKeys.UnfinishedEnd, StringComparison.Ordinal) && name.Contains($"{End}.", StringComparison.Ordinal);

    private static string NameOf(string id) => StoreKeys.Check(id).Length <= LongestId
        ? id + End
        : throw new ArgumentException($"A recording's id has at most {LongestId} letters.", nameof(id));
}
