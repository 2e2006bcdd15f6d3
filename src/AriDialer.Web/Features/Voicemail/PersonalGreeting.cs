using AriDialer.Ari;
using AriDialer.Calls.Voicemail;
using AriDialer.Web.Features.Dialing;

namespace AriDialer.Web.Features.Voicemail;

/// <summary>The greeting that a person recorded themselves. Asterisk keeps it, since Asterisk plays it.</summary>
internal sealed class PersonalGreeting(StoredRecordings recordings, CallRules rules)
{
    /// <summary>When it was recorded; null where the person has none.</summary>
    public async Task<DateTimeOffset?> RecordedAtAsync(string userId, CancellationToken cancellationToken) =>
        (await rules.OfAsync(userId, cancellationToken)).GreetingAt;

    /// <summary>Its sound; null where the person has none.</summary>
    /// <exception cref="AriException">Asterisk cannot be reached.</exception>
    public async Task<Stream?> OpenAsync(string userId, CancellationToken cancellationToken)
    {
        if (await RecordedAtAsync(userId, cancellationToken) is null
            || await recordings.OpenAsync(VoicemailNames.GreetingOf(userId), cancellationToken) is not { } sound)
        {
            return null;
        }

        // A player jumps back and forth, which Asterisk's answer cannot; it is some minutes long at most.
        await using (sound)
        {
            var all = new MemoryStream();
            await sound.CopyToAsync(all, cancellationToken);
            all.Position = 0;
            return all;
        }
    }

    /// <summary>Deletes it: callers hear Asterisk's own again.</summary>
    /// <exception cref="AriException">Asterisk cannot be reached.</exception>
    public async Task DeleteAsync(string userId, CancellationToken cancellationToken)
    {
        await rules.ChangeAsync(userId, settings => settings.GreetingAt = null, cancellationToken);
        await recordings.DeleteAsync(VoicemailNames.GreetingOf(userId), cancellationToken);
    }
}
