using AriDialer.Calls.Voicemail;
using AriDialer.Web.Data;
using AriDialer.Web.Features.Account;
using AriDialer.Web.Features.Dialing;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace AriDialer.Web.Features.Voicemail;

/// <summary>A recording that waits in Asterisk, and what is known of its call.</summary>
internal sealed record WaitingMessage(string RecordingName, string CallId, string UserId, CallParty Caller, DateTimeOffset At, bool IsGreeting)
{
    public static WaitingMessage? Of(CallSnapshot call) => call.Message is { } message
        ? new WaitingMessage(
            message.RecordingName, call.Id, message.UserId, call.Caller, call.StartedAt, call.Callee.Number == VoicemailNames.GreetingExtension)
        : null;

    /// <summary>From a row of the history: a message whose end nobody saw. Null where the row does not say whose it is.</summary>
    public static WaitingMessage? Of(string recordingName, CallRecord row)
    {
        var isGreeting = row.CalleeNumber == VoicemailNames.GreetingExtension;
        return (isGreeting ? row.CallerUserId : row.CalleeUserId) is { } userId
            ? new WaitingMessage(
                recordingName, row.Id, userId, new CallParty(row.CallerUserId, row.CallerNumber, row.CallerName), row.StartedAt, isGreeting)
            : null;
    }
}

/// <summary>
/// Brings messages from Asterisk into mailboxes, each once, however often it is tried: Asterisk lets go of a recording only when it
/// is safe here.
/// </summary>
internal sealed class MessagePickup(
    StoredRecordings recordings,
    VoicemailFiles files,
    Mailbox mailbox,
    VoicemailNews news,
    CallRules rules,
    CallDirectory calls,
    IDbContextFactory<AppDbContext> databases,
    TimeProvider time)
{
    private const int IdLength = 26;

    /// <summary>Brings one message to its place.</summary>
    public async Task PickUpAsync(WaitingMessage message, CancellationToken cancellationToken)
    {
        if (message.IsGreeting)
            await TakeGreetingAsync(message, cancellationToken);
        else if (!await mailbox.HasMessageOfAsync(message.CallId, cancellationToken))
            await TakeMessageAsync(message, cancellationToken);

        await recordings.DeleteAsync(message.RecordingName, cancellationToken);
    }

    /// <summary>Lets Asterisk forget a recording in which nothing was left.</summary>
    public Task DropAsync(WaitingMessage message, CancellationToken cancellationToken) =>
        recordings.DeleteAsync(message.RecordingName, cancellationToken);

    /// <summary>What lies in Asterisk of calls that are over. Greetings are set right on the way: those that it lost, and those that nobody uses.</summary>
    /// <returns>The messages, and how many recordings there are whose call is not known.</returns>
    public async Task<(IReadOnlyList<WaitingMessage> Messages, int Unknown)> FindLeftAsync(CancellationToken cancellationToken)
    {
        var names = await recordings.ListAsync(cancellationToken);
        await SettleGreetingsAsync(names.ToHashSet(), cancellationToken);
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        List<WaitingMessage> left = [];
        var unknown = 0;
        foreach (var name in names)
        {
            // A call that goes on may still be recorded: its end is told.
            if (VoicemailNames.CallOf(name) is not { } callId || calls.Find(callId) is not null)
                continue;

            var row = await database.Calls.AsNoTracking().SingleOrDefaultAsync(call => call.Id == callId, cancellationToken);
            if (row is not null && WaitingMessage.Of(name, row) is { } message)
                left.Add(message);
            else
                unknown++;
        }

        return (left, unknown);
    }

    private async Task TakeMessageAsync(WaitingMessage message, CancellationToken cancellationToken)
    {
        await using var sound = await recordings.OpenAsync(message.RecordingName, cancellationToken);
        if (sound is null)
            return;

        var id = Secrets.Text(IdLength);
        var length = await files.SaveAsync(id, sound, cancellationToken);
        if (length < TimeSpan.FromSeconds(1))
            return;

        var entry = new VoicemailEntry
        {
            Id = id,
            UserId = message.UserId,
            CallId = message.CallId,
            CallerUserId = message.Caller.UserId,
            CallerNumber = message.Caller.Number,
            CallerName = message.Caller.Name,
            At = message.At,
            Seconds = (int)Math.Round(length.TotalSeconds),
        };
        try
        {
            await mailbox.AddAsync(entry, cancellationToken);
        }
        catch (Exception e) when (e is SqliteException or DbUpdateException)
        {
            // It is brought once more, under another name: on a full disk each one that stays would be one too many. Unless it was
            // added all the same, and only telling of it has failed.
            if (!await mailbox.HasMessageOfAsync(message.CallId, cancellationToken))
                files.Delete(id);
            throw;
        }
    }

    private async Task TakeGreetingAsync(WaitingMessage message, CancellationToken cancellationToken)
    {
        if (!await recordings.ReplaceAsync(VoicemailNames.GreetingOf(message.UserId), message.RecordingName, cancellationToken))
            return;

        await rules.ChangeAsync(message.UserId, settings => settings.GreetingAt = time.GetUtcNow(), cancellationToken);
        await news.TellAsync(message.UserId, await mailbox.CountNewAsync(message.UserId, cancellationToken), hasCome: true);
    }

    private async Task SettleGreetingsAsync(HashSet<string> names, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var owners = await database.CallSettings.Where(settings => settings.GreetingAt != null).ToListAsync(cancellationToken);
        foreach (var owner in owners.Where(owner => !names.Contains(VoicemailNames.GreetingOf(owner.UserId))))
        {
            owner.GreetingAt = null;
        }

        await database.SaveChangesAsync(cancellationToken);
        foreach (var unused in names.Where(name => VoicemailNames.OwnerOfGreeting(name) is { } userId && owners.All(owner => owner.UserId != userId)))
        {
            await recordings.DeleteAsync(unused, cancellationToken);
        }
    }
}
