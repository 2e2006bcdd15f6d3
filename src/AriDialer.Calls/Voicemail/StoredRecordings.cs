using AriDialer.Ari;

namespace AriDialer.Calls.Voicemail;

/// <summary>The recordings that Asterisk keeps: callers' messages until they are fetched, and people's greetings.</summary>
public sealed class StoredRecordings
{
    private readonly AriClient _ari;

    internal StoredRecordings(AriClient ari) => _ari = ari;

    /// <summary>The names of all of them, of recordings that go on as well.</summary>
    /// <exception cref="AriException">Asterisk could not be reached.</exception>
    public async Task<IReadOnlyList<string>> ListAsync(CancellationToken cancellationToken = default) =>
        [.. (await _ari.Recordings.ListStoredAsync(cancellationToken)).Select(recording => recording.Name)];

    /// <summary>True while Asterisk still writes a recording: what ended a moment ago has no proper end yet.</summary>
    /// <exception cref="AriException">Asterisk could not be reached.</exception>
    public async Task<bool> IsBeingWrittenAsync(string name, CancellationToken cancellationToken = default)
    {
        try
        {
            await _ari.Recordings.GetLiveAsync(name, cancellationToken);
            return true;
        }
        catch (AriException e) when (e.Kind == AriErrorKind.Gone)
        {
            return false;
        }
    }

    /// <summary>A recording's file, which the caller disposes of; null where there is no such recording.</summary>
    /// <exception cref="AriException">Asterisk could not be reached.</exception>
    public async Task<Stream?> OpenAsync(string name, CancellationToken cancellationToken = default)
    {
        try
        {
            return await _ari.Recordings.GetStoredFileAsync(name, cancellationToken);
        }
        catch (AriException e) when (e.Kind == AriErrorKind.Gone)
        {
            return null;
        }
    }

    /// <summary>Deletes a recording. One that is not there is no fault.</summary>
    /// <exception cref="AriException">Asterisk could not be reached.</exception>
    public async Task DeleteAsync(string name, CancellationToken cancellationToken = default)
    {
        try
        {
            await _ari.Recordings.DeleteStoredAsync(name, cancellationToken);
        }
        catch (AriException e) when (e.Kind == AriErrorKind.Gone)
        {
            // Deleted before, by a request whose answer was lost.
        }
    }

    /// <summary>Copies a recording, in place of what has the other name.</summary>
    /// <returns>False where there is no such recording.</returns>
    /// <exception cref="AriException">Asterisk could not be reached.</exception>
    public async Task<bool> ReplaceAsync(string name, string by, CancellationToken cancellationToken = default)
    {
        try
        {
            // Tried once more after an answer was lost, what was copied is gone: the copy must not go too.
            await _ari.Recordings.GetStoredAsync(by, cancellationToken);
            await DeleteAsync(name, cancellationToken);
            await _ari.Recordings.CopyStoredAsync(by, name, cancellationToken);
            return true;
        }
        catch (AriException e) when (e.Kind == AriErrorKind.Gone)
        {
            return false;
        }
    }
}
