using System.ComponentModel.DataAnnotations;

namespace AriDialer.Web.Features.History;

/// <summary>What becomes of the history while the database cannot be written (section <c>History</c>).</summary>
internal sealed class HistoryOptions
{
    /// <summary>How large the journal may grow. It is taken from the disk at the first start, so that it is there when the disk is full.</summary>
    [Range(65_536, 1_073_741_824, ErrorMessage = "History:JournalBytes must be between 65536 and 1073741824.")]
    public int JournalBytes { get; set; } = 8 * 1024 * 1024;

    /// <summary>How long a commit may take before what it writes goes into the journal as well.</summary>
    [Range(typeof(TimeSpan), "00:00:00.0100000", "00:01:00", ErrorMessage = "History:JournalAfter must be between ten milliseconds and a minute.")]
    public TimeSpan JournalAfter { get; set; } = TimeSpan.FromMilliseconds(500);
}
