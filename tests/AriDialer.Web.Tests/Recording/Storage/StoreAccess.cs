using AriDialer.Web.Features.Recording.Storage;

namespace AriDialer.Web.Tests.Recording.Storage;

/// <summary>Short words for what tests do with a store.</summary>
internal static class StoreAccess
{
    public static Task PutAsync(this IRecordingStore store, string key, byte[] content) =>
        store.PutAsync(key, new MemoryStream(content), CancellationToken.None);

    public static async Task<byte[]?> ReadAsync(this IRecordingStore store, string key, long offset = 0, long length = int.MaxValue)
    {
        await using var part = await store.OpenAsync(key, offset, length, CancellationToken.None);
        return part is null ? null : await part.ReadAllAsync();
    }

    public static async Task<byte[]> ReadAllAsync(this Stream stream)
    {
        using var all = new MemoryStream();
        await stream.CopyToAsync(all);
        return all.ToArray();
    }

    public static async Task<string[]> KeysAsync(this IRecordingStore store) =>
        await store.ListAsync(CancellationToken.None).Select(file => file.Key).Order().ToArrayAsync();

    public static byte[] Sound(int length, int seed = 1)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }
}
