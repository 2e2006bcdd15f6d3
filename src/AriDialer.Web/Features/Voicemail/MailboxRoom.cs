using AriDialer.Web.Data;
using Microsoft.Extensions.Options;

namespace AriDialer.Web.Features.Voicemail;

/// <summary>Whether a mailbox takes another message, and why not.</summary>
internal enum MailboxState
{
    TakesMessages,
    IsFull,
    DiskIsFull,
}

/// <summary>Whether there is room for another message: callers from outside must not be able to fill the disk.</summary>
internal sealed partial class MailboxRoom(
    Mailbox mailbox, CallDirectory calls, IOptions<VoicemailOptions> options, IOptions<DataOptions> data, TimeProvider time, ILogger<MailboxRoom> log)
{
    private static readonly TimeSpan BetweenReports = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private long? _reportedAt;

    /// <summary>How it is with a person's mailbox.</summary>
    public async Task<MailboxState> OfAsync(string userId, CancellationToken cancellationToken) =>
        Free < options.Value.LeastFreeBytes ? MailboxState.DiskIsFull
        : await mailbox.CountAsync(userId, cancellationToken) + BeingLeft(userId) >= options.Value.MostMessages ? MailboxState.IsFull
        : MailboxState.TakesMessages;

    /// <summary>True where a caller may leave a message there now. Where that is the disk's fault, the log says so.</summary>
    public async Task<bool> TakesMessageAsync(string userId, CancellationToken cancellationToken)
    {
        var state = await OfAsync(userId, cancellationToken);
        if (state == MailboxState.DiskIsFull)
            Report();
        return state == MailboxState.TakesMessages;
    }

    private long Free => new DriveInfo(Path.GetFullPath(data.Value.Directory)).AvailableFreeSpace;

    // Of a hundred who call at once, each would find the place free that only one can have.
    private int BeingLeft(string userId) => calls.Live.Count(call => call.Message is { Seconds: null } message && message.UserId == userId);

    private void Report()
    {
        lock (_gate)
        {
            if (_reportedAt is { } before && time.GetElapsedTime(before) < BetweenReports)
                return;

            _reportedAt = time.GetTimestamp();
        }

        LogDiskFull(options.Value.LeastFreeBytes);
    }

    [LoggerMessage(Level = LogLevel.Error, Message =
        "Callers can leave no messages: the disk of the data directory has less than {Bytes} bytes free (Voicemail:LeastFreeBytes). Make room")]
    private partial void LogDiskFull(long bytes);
}
