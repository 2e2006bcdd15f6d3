namespace AriDialer.Web.Features.Recording.Storage;

/// <summary>The place where recordings are kept failed. The message says what an operator can do about it.</summary>
internal sealed class RecordingStoreException(string message, Exception? innerException = null) : IOException(message, innerException);
