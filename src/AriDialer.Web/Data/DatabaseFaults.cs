using Microsoft.Data.Sqlite;

namespace AriDialer.Web.Data;

/// <summary>What a fault of the database says about it.</summary>
internal static class DatabaseFaults
{
    // SQLite's busy, locked, input or output error, and full.
    private static readonly int[] CannotBeWritten = [5, 6, 10, 13];

    // SQLite's too big, constraint and mismatch.
    private static readonly int[] CannotHold = [18, 19, 20];

    /// <summary>True where it cannot be written just now: another program has locked it, or its disk is full.</summary>
    public static bool IsDatabaseStuck(this Exception? fault) => CodeOf(fault) is { } code && CannotBeWritten.Contains(code);

    /// <summary>
    /// True where it lies in what was to be written: the same can be written at no other time either, but something else can. Of a database
    /// that can only be read, is damaged or is not there it is false.
    /// </summary>
    public static bool IsOfWhatIsWritten(this Exception fault) => CodeOf(fault) is { } code
        ? CannotHold.Contains(code)
        : fault is not (IOException or UnauthorizedAccessException or OperationCanceledException or ObjectDisposedException or OutOfMemoryException);

    private static int? CodeOf(Exception? fault)
    {
        while (fault is not (null or SqliteException))
        {
            fault = fault.InnerException;
        }

        return (fault as SqliteException)?.SqliteErrorCode;
    }
}
