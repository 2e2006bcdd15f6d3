using Microsoft.Data.Sqlite;

namespace AriDialer.Web.Data;

/// <summary>What a fault of the database says about it.</summary>
internal static class DatabaseFaults
{
    // SQLite's busy, locked, input or output error, and full.
    private static readonly int[] CannotBeWritten = [5, 6, 10, 13];

    /// <summary>True where it cannot be written just now: another program has locked it, or its disk is full.</summary>
    public static bool IsDatabaseStuck(this Exception? fault)
    {
        for (; fault is not null; fault = fault.InnerException)
        {
            if (fault is SqliteException { SqliteErrorCode: var code } && CannotBeWritten.Contains(code))
                return true;
        }

        return false;
    }
}
