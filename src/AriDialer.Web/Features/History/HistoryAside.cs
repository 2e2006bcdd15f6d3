using AriDialer.Web.Data;
using Microsoft.Extensions.Options;

namespace AriDialer.Web.Features.History;

/// <summary>
/// Where what can never be written is put, so that the rest of the history need not wait behind it: a file of JSON lines, as the journal's
/// are, readable by its owner only. Nobody reads it again but a person.
/// </summary>
internal sealed partial class HistoryAside(IOptions<DataOptions> data, ILogger<HistoryAside> log)
{
    // What comes here is a fault of this application: a few lines show it, and must not fill the disk.
    private const long MostBytes = 1024 * 1024;

    private string Path => System.IO.Path.Combine(data.Value.Directory, "history-unwritten.jsonl");

    public void Put(string run, PendingCall call, Exception why)
    {
        try
        {
            var how = new FileStreamOptions { Mode = FileMode.Append, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
                how.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            using var file = new FileStream(Path, how);
            if (file.Length < MostBytes)
                file.Write(JournalEntry.Of(run, call).ToLine());
            LogPut(why, call.Call.Id, Path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            LogLost(new AggregateException(why, e), call.Call.Id, Path);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "What happened in call {CallId} cannot be written into the history, whatever is tried; it was put into {File}, and the other calls are written. Please report this")]
    private partial void LogPut(Exception why, string callId, string file);

    [LoggerMessage(Level = LogLevel.Error, Message = "What happened in call {CallId} can be written neither into the history nor into {File}; the other calls are written. Please report this")]
    private partial void LogLost(Exception why, string callId, string file);
}
