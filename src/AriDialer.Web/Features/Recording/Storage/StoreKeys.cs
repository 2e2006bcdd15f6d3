namespace AriDialer.Web.Features.Recording.Storage;

/// <summary>The names that files in a recording store may have: the same in every store, and none that leads out of it.</summary>
internal static class StoreKeys
{
    /// <summary>How the name of a file ends that is still being written.</summary>
    public const string UnfinishedEnd = ".part";

    // A file's name may have 255 bytes, and an unfinished one's is longer than its key.
    private const int MaxLength = 240;

    /// <summary>True for letters, digits, '-' and '.', with a letter or a digit first: no folder, and no hidden file.</summary>
    public static bool IsKey(string key) =>
        key.Length is > 0 and <= MaxLength
        && char.IsAsciiLetterOrDigit(key[0])
        && key.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '.');

    /// <summary>Refuses what is no key.</summary>
    /// <exception cref="ArgumentException">It is none.</exception>
    public static string Check(string key) => IsKey(key)
        ? key
        : throw new ArgumentException(
            $"A recording's name has letters, digits, '-' and '.', at most {MaxLength}, and begins with a letter or a digit.", nameof(key));
}
