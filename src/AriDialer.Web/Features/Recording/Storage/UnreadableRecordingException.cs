namespace AriDialer.Web.Features.Recording.Storage;

/// <summary>A recording is there, but it isn't what was stored, or its key is lost. Trying again doesn't help.</summary>
internal sealed class UnreadableRecordingException(string message, Exception? innerException = null) : Exception(message, innerException)
{
    public static UnreadableRecordingException Changed(string id, Exception? cause = null) => new(
        $"Recording {id} is not what was stored: its file was changed, cut off or exchanged. Bring it back from a backup.", cause);

    public static UnreadableRecordingException KeyLost(string id, Exception? cause = null) => new(
        $"Recording {id} cannot be opened: its key is another's, or the keys in the data directory that protect it are gone. "
        + "Bring those back from a backup.",
        cause);
}
