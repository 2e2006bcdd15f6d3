using AriDialer.Web.Data;
using Microsoft.Extensions.Options;
using Microsoft.Win32.SafeHandles;

namespace AriDialer.Web.Features.History;

/// <summary>
/// Where the history waits while the database cannot be written: a file of JSON lines, each on the disk before anybody relies on it,
/// readable by its owner only. It has its full size from the beginning, blank where nothing stands yet, so that a full disk does not
/// keep it from being written. What is in the database is taken out while more is put in.
/// </summary>
internal sealed partial class HistoryJournal(
    IOptions<DataOptions> data, IOptions<HistoryOptions> options, ILogger<HistoryJournal> log) : IDisposable
{
    private const int ChunkBytes = 256 * 1024;
    private const byte Blank = (byte)'\n';

    // Together with the places that it is about, or a line that is just being written is taken for blank.
    private readonly Lock _gate = new();
    private SafeFileHandle? _file;
    private long _size;
    private long _end;
    private long _taken;
    private bool _saidFull;

    /// <summary>True where nothing waits.</summary>
    public bool IsEmpty
    {
        get
        {
            lock (_gate)
            {
                return _taken == _end;
            }
        }
    }

    private string Path => System.IO.Path.Combine(data.Value.Directory, "history-journal.jsonl");

    /// <summary>Opens it, with what an earlier run has left in it.</summary>
    public void Open()
    {
        SafeFileHandle? file = null;
        try
        {
            Create();
            file = File.OpenHandle(Path, FileMode.Open, FileAccess.ReadWrite);
            _size = RandomAccess.GetLength(file);
            FindEnd(file);
            _file = file;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            file?.Dispose();
            LogNotOpened(e, Path);
            return;
        }

        TakeItsPlace(file);
    }

    /// <summary>Writes these behind the rest.</summary>
    /// <returns>False where that cannot be: they must be kept elsewhere.</returns>
    public bool TryAppend(string run, IReadOnlyCollection<PendingCall> calls)
    {
        byte[] lines = [.. calls.SelectMany(call => JournalEntry.Of(run, call).ToLine())];
        using var scope = _gate.EnterScope();
        if (_file is null || _end + lines.Length > _size)
        {
            if (!_saidFull)
                LogFull(Path, _size);
            _saidFull = true;
            return false;
        }

        try
        {
            RandomAccess.Write(_file, lines, _end);
            RandomAccess.FlushToDisk(_file);
            _end += lines.Length;
            return true;
        }
        catch (IOException e)
        {
            LogNotWritten(e, Path);
            return false;
        }
    }

    /// <summary>The next that waits, of one run; more than one line of a call together.</summary>
    public Chunk Read()
    {
        using var scope = _gate.EnterScope();
        var bytes = new byte[Math.Min(ChunkBytes, _end - _taken)];
        var length = RandomAccess.Read(_file!, bytes, _taken);
        var calls = new Dictionary<string, PendingCall>();
        string? run = null;
        var at = 0;
        while (bytes.AsSpan(at, length - at).IndexOf(Blank) is >= 0 and var line)
        {
            var entry = line == 0 ? null : JournalEntry.Parse(bytes.AsSpan(at, line));
            if (entry is not null && run is not null && entry.Run != run)
                break;
            if (entry is null && line > 0)
                LogUnreadable(Path);
            if (entry is not null)
            {
                run = entry.Run;
                if (calls.TryGetValue(entry.Call.Id, out var known))
                    known.Add(entry.ToPending());
                else
                    calls.Add(entry.Call.Id, entry.ToPending());
            }

            at += line + 1;
        }

        // A line without an end, or one longer than all that is ever written, is none.
        return new Chunk(run, [.. calls.Values], _taken + (at == 0 ? length : at));
    }

    /// <summary>What stood before here is in the database. Once all is, the journal is blank again.</summary>
    public void Took(Chunk chunk)
    {
        using var scope = _gate.EnterScope();
        _taken = chunk.End;
        if (!IsEmpty)
            return;

        try
        {
            var blank = new byte[_end];
            Array.Fill(blank, Blank);
            RandomAccess.Write(_file!, blank, 0);
            RandomAccess.FlushToDisk(_file!);
            (_end, _taken, _saidFull) = (0, 0, false);
        }
        catch (IOException e)
        {
            // What stands in it is written again after a restart, and is known then.
            LogNotWritten(e, Path);
        }
    }

    public void Dispose() => _file?.Dispose();

    private void Create()
    {
        var how = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite };
        if (!OperatingSystem.IsWindows())
            how.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var stream = new FileStream(Path, how);
    }

    private void FindEnd(SafeFileHandle file)
    {
        var content = new byte[_size];
        var length = 0;
        while (RandomAccess.Read(file, content.AsSpan(length), length) is > 0 and var read)
        {
            length += read;
        }

        _end = content.AsSpan(0, length).LastIndexOfAnyExcept(Blank) + 1;
        if (_end > 0)
            LogFound(_end);

        // With the line's own end, or one for a line that has none.
        _end += _end > 0 ? 1 : 0;
    }

    // What stands in it does not depend on that: where the disk is full, it is as large as it is.
    private void TakeItsPlace(SafeFileHandle file)
    {
        try
        {
            if (_size >= options.Value.JournalBytes)
                return;

            var blank = new byte[options.Value.JournalBytes - _size];
            Array.Fill(blank, Blank);
            RandomAccess.Write(file, blank, _size);
            RandomAccess.FlushToDisk(file);
            _size = options.Value.JournalBytes;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            LogNotGrown(e, Path, options.Value.JournalBytes, _size);
        }
    }

    /// <summary>A part of the journal.</summary>
    /// <param name="Run">Whose it is; null where it holds nothing that can be read.</param>
    /// <param name="Calls">What is in it.</param>
    /// <param name="End">Where the next part begins.</param>
    internal sealed record Chunk(string? Run, IReadOnlyList<PendingCall> Calls, long End);

    [LoggerMessage(Level = LogLevel.Error, Message = "The journal of the history, {File}, could not be opened: while the database cannot be written, the history is kept in memory only")]
    private partial void LogNotOpened(Exception e, string file);

    [LoggerMessage(Level = LogLevel.Error, Message = "The journal of the history, {File}, could not be given the {Bytes} bytes that it is to have: it has room for {Size}")]
    private partial void LogNotGrown(Exception e, string file, int bytes, long size);

    [LoggerMessage(Level = LogLevel.Error, Message = "The journal of the history, {File}, could not be written: what happens now is kept in memory only, until the database can be written")]
    private partial void LogNotWritten(Exception e, string file);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The journal of the history, {File}, is full with {Bytes} bytes: what happens now is kept in memory only, until the database can be written. See that it can")]
    private partial void LogFull(string file, long bytes);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A line of the journal of the history, {File}, cannot be read and is left out")]
    private partial void LogUnreadable(string file);

    [LoggerMessage(Level = LogLevel.Warning, Message = "An earlier run could not write {Bytes} bytes of the history into the database; they are written now")]
    private partial void LogFound(long bytes);
}
